package org.controlroom.telemetry;

import java.util.List;

/** Name and labels of every metric of ours, as they stand on {@code /metrics}; nowhere else is one spelled out. */
public final class MetricNames {

    /** Answered predictions, by predicted code. */
    public static final String PREDICTIONS = "rakuten_predictions_total";

    /** Time from the arrival of a request to its finished answer. */
    public static final String PREDICTION_LATENCY = "rakuten_prediction_latency_seconds";

    /** Characters of designation and description together. */
    public static final String TEXT_LENGTH = "rakuten_text_len_chars";

    /** The model that serves: one series of value 1, none while no model is live. */
    public static final String MODEL = "rakuten_model_info";

    /** Requests that ended in an error, by kind of error. */
    public static final String API_ERRORS = "rakuten_api_errors_total";

    /** Ended pipeline runs, by pipeline and status. */
    public static final String PIPELINE_RUNS = "controlroom_pipeline_runs_total";

    /** Time from the start of a pipeline run to its end. */
    public static final String PIPELINE_DURATION = "controlroom_pipeline_run_duration_seconds";

    /** Answered predictions, by version of the model that answered. */
    public static final String MODEL_PREDICTIONS = "controlroom_model_predictions_total";

    /** Probability of the answered code, 0..1. */
    public static final String CONFIDENCE = "controlroom_prediction_confidence_ratio";

    /** When this node put the live model into service; none while no model is live. */
    public static final String MODEL_LIVE = "controlroom_model_live_timestamp_seconds";

    /** When the live model was registered; none while no model is live. */
    public static final String MODEL_REGISTERED = "controlroom_model_registered_timestamp_seconds";

    /** When the last run of a pipeline ended, by pipeline and status; kept over restarts. */
    public static final String PIPELINE_LAST_END = "controlroom_pipeline_last_end_timestamp_seconds";

    /** What this process can still write to the disk of the data folder. */
    public static final String DISK_FREE = "controlroom_data_disk_free_bytes";

    /** Size of the disk of the data folder. */
    public static final String DISK_SIZE = "controlroom_data_disk_size_bytes";

    /** Part of the prediction log that is not in the database yet. */
    public static final String LOG_BACKLOG = "controlroom_prediction_log_backlog_bytes";

    /** 1 when the model registry answered lately, else 0. */
    public static final String REGISTRY_REACHABLE = "controlroom_registry_reachable";

    /** 1 when the database answered lately, else 0. */
    public static final String DATABASE_REACHABLE = "controlroom_database_reachable";

    /** 1 when the job repository of the pipelines answered lately, else 0; none on a node that runs no pipelines. */
    public static final String JOBS_REACHABLE = "controlroom_job_repository_reachable";

    /** 1 when the registry's artifact of the live version was found damaged at the last look, else 0. */
    public static final String REGISTRY_DAMAGED = "controlroom_registry_damaged";

    /** 1 when this node answers with the version that the registry has in production, else 0; none while not known. */
    public static final String REGISTRY_FOLLOWED = "controlroom_registry_followed";

    /** When a webhook of the registry was taken last; none since the start until one was. */
    public static final String WEBHOOK_ACCEPTED = "controlroom_registry_webhook_accepted_timestamp_seconds";

    /** When one was refused last. */
    public static final String WEBHOOK_REFUSED = "controlroom_registry_webhook_refused_timestamp_seconds";

    /** Decisions of the promotion policy, by outcome. */
    public static final String PROMOTION_DECISIONS = "controlroom_promotion_decisions_total";

    /** What became of the fire times of schedules, by schedule and result. */
    public static final String SCHEDULE_FIRES = "controlroom_schedule_fires_total";

    /** The next time at which a schedule is due, by schedule; in the past when nobody looks after it. */
    public static final String SCHEDULE_NEXT = "controlroom_schedule_next_fire_timestamp_seconds";

    /** When the last completed run of a schedule ended, by schedule; none before the first. */
    public static final String SCHEDULE_LAST_SUCCESS = "controlroom_schedule_last_success_timestamp_seconds";

    /** 1 when the last fire time of a schedule had no run or one that failed, else 0, by schedule. */
    public static final String SCHEDULE_FAILED = "controlroom_schedule_last_run_failed";

    /** Attempts to tell somebody something, by channel and outcome. */
    public static final String NOTIFICATIONS = "controlroom_notifications_total";

    /** Label of {@link #NOTIFICATIONS}: webhook, email, or callback for programs that wait for their runs. */
    public static final String LABEL_CHANNEL = "channel";

    /**
     * Label of {@link #NOTIFICATIONS}: delivered, failed (it is tried again) or given_up; and of
     * {@link #PROMOTION_DECISIONS}: promoted, refused or held.
     */
    public static final String LABEL_OUTCOME = "outcome";

    /** The newest time that was due, by schedule; none before the first. */
    public static final String SCHEDULE_LAST_FIRE = "controlroom_schedule_last_fire_timestamp_seconds";

    /** Further attempts of steps after failures that may pass, by pipeline and step. */
    public static final String STEP_RETRIES = "controlroom_pipeline_step_retries_total";

    /** Label of {@link #STEP_RETRIES}. */
    public static final String LABEL_STEP = "step";

    /** Label of the schedule metrics. */
    public static final String LABEL_SCHEDULE = "schedule";

    /** Label of {@link #SCHEDULE_FIRES}: started, missed or failed. */
    public static final String LABEL_RESULT = "result";

    /** Label of {@link #PREDICTIONS}. */
    public static final String LABEL_CODE = "prdtypecode";

    /** Label of {@link #API_ERRORS}: an {@link org.controlroom.spi.ErrorKind} in lower case. */
    public static final String LABEL_ERROR = "error_type";

    /** Label of {@link #MODEL} and {@link #MODEL_PREDICTIONS}. */
    public static final String LABEL_VERSION = "version";

    /** Label of {@link #MODEL}. */
    public static final String LABEL_STAGE = "stage";

    /** Label of the pipeline metrics. */
    public static final String LABEL_PIPELINE = "pipeline";

    /** Label of {@link #PIPELINE_RUNS} and {@link #PIPELINE_LAST_END}: completed, failed or cancelled. */
    public static final String LABEL_STATUS = "status";

    /** All metrics of ours; the JVM's own ({@code jvm_…}, {@code process_…}) come on top. */
    public static final List<String> ALL = List.of(
            PREDICTIONS,
            PREDICTION_LATENCY,
            TEXT_LENGTH,
            MODEL,
            API_ERRORS,
            PIPELINE_RUNS,
            PIPELINE_DURATION,
            MODEL_PREDICTIONS,
            CONFIDENCE,
            MODEL_LIVE,
            MODEL_REGISTERED,
            PIPELINE_LAST_END,
            DISK_FREE,
            DISK_SIZE,
            LOG_BACKLOG,
            REGISTRY_REACHABLE,
            DATABASE_REACHABLE,
            JOBS_REACHABLE,
            REGISTRY_DAMAGED,
            REGISTRY_FOLLOWED,
            WEBHOOK_ACCEPTED,
            WEBHOOK_REFUSED,
            PROMOTION_DECISIONS,
            SCHEDULE_FIRES,
            SCHEDULE_NEXT,
            SCHEDULE_LAST_SUCCESS,
            SCHEDULE_FAILED,
            NOTIFICATIONS,
            SCHEDULE_LAST_FIRE,
            STEP_RETRIES);

    private MetricNames() {}
}
