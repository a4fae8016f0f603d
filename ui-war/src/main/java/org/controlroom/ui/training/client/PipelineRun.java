package org.controlroom.ui.training.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline.
 *
 * @param status {@code queued}, {@code running}, {@code completed}, {@code failed} or {@code cancelled}
 * @param error why it failed; empty when it did not
 */
public record PipelineRun(
        String id,
        String pipeline,
        String status,
        Map<String, String> parameters,
        List<Step> steps,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String error,
        String errorCode,
        Map<String, String> outcome) {

    /** @param total units in all, or -1 while unknown */
    public record Step(
            String name,
            String status,
            long attempts,
            String what,
            long done,
            long total,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {

        static Step of(JsonObject step) {
            return new Step(
                    Fields.text(step, "name"),
                    Fields.text(step, "status"),
                    Fields.integer(step, "attempts"),
                    Fields.text(step, "what"),
                    Fields.integer(step, "done"),
                    Fields.integer(step, "total"),
                    Fields.instant(step, "started_at"),
                    Fields.instant(step, "ended_at"));
        }
    }

    /** Whether more will happen by itself. */
    public boolean active() {
        return status.equals("queued") || status.equals("running");
    }

    static PipelineRun of(JsonObject run) {
        return new PipelineRun(
                Fields.text(run, "id"),
                Fields.text(run, "pipeline"),
                Fields.text(run, "status"),
                Fields.texts(run, "parameters"),
                Fields.list(run, "steps", Step::of),
                Fields.instant(run, "created_at"),
                Fields.instant(run, "started_at"),
                Fields.instant(run, "ended_at"),
                Fields.text(run, "error"),
                Fields.text(run, "error_code"),
                Fields.texts(run, "outcome"));
    }
}
