package org.controlroom.api.boot;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.controlroom.api.operate.WebhookDeliveries;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.FollowRegistry;
import org.controlroom.telemetry.NodeFigure;
import org.controlroom.telemetry.PrometheusTelemetry;
import org.jspecify.annotations.Nullable;

/** Connects what the parts of the node know with the metrics that show it. */
final class Figures {

    /** Of the runs of a pipeline that failed, to find the newest that was not refused what it was given. */
    private static final int FAILED_RUNS = 50;

    private Figures() {}

    static void ofModel(PrometheusTelemetry telemetry, LiveModels models) {
        telemetry.show(NodeFigure.MODEL_LIVE, () -> time(models, LiveModel::activatedAt));
        telemetry.show(
                NodeFigure.MODEL_REGISTERED,
                () -> time(models, live -> live.version().createdAt()));
    }

    private static double time(LiveModels models, Function<LiveModel, Instant> time) {
        return models.live()
                .map(live -> time.apply(live).toEpochMilli() / 1000.0)
                .orElse(Double.NaN);
    }

    static void ofRegistry(
            PrometheusTelemetry telemetry,
            ActivateModel activation,
            FollowRegistry follow,
            WebhookDeliveries webhooks) {
        telemetry.show(
                NodeFigure.REGISTRY_FOLLOWED,
                () -> follow.follows().map(follows -> follows ? 1.0 : 0.0).orElse(Double.NaN));
        telemetry.show(
                NodeFigure.REGISTRY_DAMAGED, () -> activation.registryDamage().isPresent() ? 1 : 0);
        telemetry.show(NodeFigure.WEBHOOK_ACCEPTED, () -> time(webhooks.last().acceptedAt()));
        telemetry.show(NodeFigure.WEBHOOK_REFUSED, () -> time(webhooks.last().refusedAt()));
    }

    private static double time(@Nullable Instant at) {
        return at == null ? Double.NaN : at.toEpochMilli() / 1000.0;
    }

    static void ofDisk(PrometheusTelemetry telemetry, Path dataFolder) {
        // File's methods do not throw, and answer 0 for a folder that is gone: then it is not known.
        File folder = dataFolder.toFile();
        telemetry.show(NodeFigure.DISK_FREE, () -> folder.exists() ? folder.getUsableSpace() : Double.NaN);
        telemetry.show(NodeFigure.DISK_SIZE, () -> folder.exists() ? folder.getTotalSpace() : Double.NaN);
    }

    /** Reads once how the last runs ended; from then on the pipelines tell. */
    static void ofPipelines(PrometheusTelemetry telemetry, RunHistory history, PipelineDefinition... pipelines) {
        for (PipelineDefinition pipeline : pipelines) {
            telemetry.expectPipeline(pipeline.name(), pipeline.steps());
            for (RunStatus status : RunStatus.values()) {
                if (status.ended()) {
                    lastEnds(history, pipeline.name(), status)
                            .forEach((end, time) -> telemetry.pipelineEndedBefore(pipeline.name(), end, time));
                }
            }
        }
    }

    /** Of runs with this status when the newest ended, by how it ended. */
    private static Map<String, Instant> lastEnds(RunHistory history, String pipeline, RunStatus status) {
        Map<String, String> wanted = Map.of("pipeline", pipeline, "status", status.text());
        Map<String, Instant> ends = new TreeMap<>();
        // Failed ones are of two kinds, of which the newest need not be among them if there are that many of the other.
        int lookedAt = status == RunStatus.FAILED ? FAILED_RUNS : 1;
        for (PipelineRun run : history.runs(new PageRequest(new TreeMap<>(wanted), null, null, lookedAt))
                .items()) {
            Instant time = run.endedAt();
            if (time != null) {
                ends.putIfAbsent(run.refused() ? "rejected" : status.text(), time);
            }
        }
        return ends;
    }
}
