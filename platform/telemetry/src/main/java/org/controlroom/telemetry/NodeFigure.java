package org.controlroom.telemetry;

/** A figure that the node is asked for at each scrape, instead of being told when it changes. */
public enum NodeFigure {
    MODEL_LIVE(MetricNames.MODEL_LIVE, "Unix time at which this node put the live model into service."),
    MODEL_REGISTERED(MetricNames.MODEL_REGISTERED, "Unix time at which the live model was registered."),
    DISK_FREE(MetricNames.DISK_FREE, "Bytes that can still be written to the disk of the data folder."),
    DISK_SIZE(MetricNames.DISK_SIZE, "Size of the disk of the data folder."),
    LOG_BACKLOG(MetricNames.LOG_BACKLOG, "Bytes of the prediction log that are not in the database yet."),
    REGISTRY_REACHABLE(MetricNames.REGISTRY_REACHABLE, "1 when the model registry answered lately, else 0."),
    DATABASE_REACHABLE(MetricNames.DATABASE_REACHABLE, "1 when the database answered lately, else 0."),
    JOBS_REACHABLE(MetricNames.JOBS_REACHABLE, "1 when the job repository of the pipelines answered lately, else 0."),
    REGISTRY_DAMAGED(
            MetricNames.REGISTRY_DAMAGED,
            "1 when the registry's artifact of the live version was found damaged, else 0."),
    REGISTRY_FOLLOWED(
            MetricNames.REGISTRY_FOLLOWED,
            "1 when this node answers with the version that the registry has in production, else 0."),
    WEBHOOK_ACCEPTED(MetricNames.WEBHOOK_ACCEPTED, "Unix time at which this node took a webhook of the registry last."),
    WEBHOOK_REFUSED(
            MetricNames.WEBHOOK_REFUSED, "Unix time at which this node refused a webhook of the registry last.");

    private final String metric;
    private final String help;

    NodeFigure(String metric, String help) {
        this.metric = metric;
        this.help = help;
    }

    /** Its name in {@link MetricNames}. */
    public String metric() {
        return metric;
    }

    /** What it says, for people. */
    public String help() {
        return help;
    }
}
