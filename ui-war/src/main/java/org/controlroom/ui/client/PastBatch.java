package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch that the server answers by itself.
 *
 * @param status {@code queued}, {@code running}, {@code completed}, {@code failed} or {@code cancelled}
 */
public record PastBatch(
        String id,
        String name,
        String status,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long bytes,
        long bytesRead,
        long rows,
        long failedRows,
        long resultBytes,
        @Nullable String error) {

    static PastBatch of(JsonObject batch) {
        return new PastBatch(
                batch.getString("id"),
                batch.getString("name"),
                batch.getString("status"),
                Instant.parse(batch.getString("created_at")),
                JsonFields.instantOrNull(batch, "started_at"),
                JsonFields.instantOrNull(batch, "ended_at"),
                batch.getJsonNumber("bytes").longValue(),
                batch.getJsonNumber("bytes_read").longValue(),
                batch.getJsonNumber("rows").longValue(),
                batch.getJsonNumber("failed_rows").longValue(),
                batch.getJsonNumber("result_bytes").longValue(),
                batch.getString("error", null));
    }

    public boolean isUnderWay() {
        return status.equals("queued") || status.equals("running");
    }

    public boolean isCompleted() {
        return status.equals("completed");
    }

    /** How much of the file has been read, 0 to 100. */
    public int percentRead() {
        return bytes == 0 ? 0 : (int) (100 * bytesRead / bytes);
    }

    /** How long it took; null while it has not ended. */
    public @Nullable Double seconds() {
        return startedAt == null || endedAt == null
                ? null
                : (Double) (Duration.between(startedAt, endedAt).toMillis() / 1000.0);
    }
}
