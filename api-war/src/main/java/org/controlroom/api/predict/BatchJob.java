package org.controlroom.api.predict;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch that the server answers by itself, from an uploaded file into a file to download.
 *
 * @param id also its order: later ones are higher
 * @param name of the file, as its owner calls it
 * @param mediaType of both files
 * @param bytes size of the uploaded file
 * @param bytesRead how far it has been read
 * @param rows answered so far, those that failed included
 * @param failedRows rows that have an error in place of an answer
 * @param resultBytes size of what can be downloaded; 0 while it is not complete
 * @param error why it failed; null when it did not
 */
public record BatchJob(
        String id,
        String name,
        Status status,
        String mediaType,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long bytes,
        long bytesRead,
        long rows,
        long failedRows,
        long resultBytes,
        @Nullable String error) {

    /** Where a job is in its life. */
    public enum Status {
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** Whether nothing happens to it any more. */
        public boolean isEnded() {
            return this == COMPLETED || this == FAILED || this == CANCELLED;
        }
    }

    BatchJob started(Instant now) {
        return new BatchJob(id, name, Status.RUNNING, mediaType, createdAt, now, null, bytes, 0, 0, 0, 0, null);
    }

    BatchJob at(long read, long answered, long failed) {
        return new BatchJob(
                id,
                name,
                status,
                mediaType,
                createdAt,
                startedAt,
                endedAt,
                bytes,
                read,
                answered,
                failed,
                resultBytes,
                error);
    }

    BatchJob ended(Status end, Instant now, long result, @Nullable String why) {
        return new BatchJob(
                id, name, end, mediaType, createdAt, startedAt, now, bytes, bytesRead, rows, failedRows, result, why);
    }
}
