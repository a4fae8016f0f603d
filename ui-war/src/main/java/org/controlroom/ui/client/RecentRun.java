package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline, in short.
 *
 * @param status {@code queued}, {@code running}, {@code completed}, {@code failed} or {@code cancelled}
 * @param error why it failed; empty unless it did
 * @param errorCode kind of that, as listed at {@code /docs/problems}
 * @param waitsUntil until when it goes on by itself once the model registry answers; null when it does not
 */
public record RecentRun(
        String id,
        String pipeline,
        String status,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String error,
        String errorCode,
        @Nullable Instant waitsUntil) {

    static RecentRun of(JsonObject run) {
        return new RecentRun(
                run.getString("id"),
                run.getString("pipeline"),
                run.getString("status"),
                Instant.parse(run.getString("created_at")),
                JsonFields.instantOrNull(run, "started_at"),
                JsonFields.instantOrNull(run, "ended_at"),
                run.getString("error", ""),
                run.getString("error_code", ""),
                JsonFields.instantOrNull(run, "waits_until"));
    }

    /** How long it took; null before its end. */
    public @Nullable Double seconds() {
        return startedAt == null || endedAt == null
                ? null
                : (Double) (Duration.between(startedAt, endedAt).toMillis() / 1000.0);
    }

    /** Whether it failed because of what it was given. */
    public boolean isRefused() {
        return PipelineRun.isRefusal(errorCode);
    }

    /** As {@link PipelineRun#state()}. */
    public String state() {
        return PipelineRun.state(status, errorCode, waitsUntil);
    }

    /** How a badge shows the status. */
    public String level() {
        return switch (state()) {
            case "completed" -> "good";
            case "parked", "rejected" -> "warn";
            case "failed" -> "bad";
            case "running" -> "running";
            default -> "none";
        };
    }
}
