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
 */
public record RecentRun(
        String id,
        String pipeline,
        String status,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String error) {

    static RecentRun of(JsonObject run) {
        return new RecentRun(
                run.getString("id"),
                run.getString("pipeline"),
                run.getString("status"),
                Instant.parse(run.getString("created_at")),
                JsonFields.instantOrNull(run, "started_at"),
                JsonFields.instantOrNull(run, "ended_at"),
                run.getString("error", ""));
    }

    /** How long it took; null before its end. */
    public @Nullable Double seconds() {
        return startedAt == null || endedAt == null
                ? null
                : (Double) (Duration.between(startedAt, endedAt).toMillis() / 1000.0);
    }

    /** How a badge shows the status. */
    public String level() {
        return switch (status) {
            case "completed" -> "good";
            case "failed" -> "bad";
            case "running" -> "running";
            default -> "none";
        };
    }
}
