package org.controlroom.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Catalogue files on their way into the catalogue.
 *
 * @param expiresAt from then on it may be removed
 * @param products the product file; null until it has arrived whole
 * @param labels the label file; null until it has arrived whole, and for good when there are no labels
 * @param runId run of pipeline {@code load-data} that was started with it last; null before
 */
public record Upload(
        String id,
        Instant createdAt,
        Instant expiresAt,
        @Nullable UploadedFile products,
        @Nullable UploadedFile labels,
        @Nullable String runId) {

    /** @param name as it was called where it came from, without what file systems do not like */
    public record UploadedFile(String name, long bytes) {}
}
