package org.controlroom.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one load did to one product, with the product's values around it.
 *
 * @param operation {@code insert} or {@code update}
 * @param fields what an update made another: {@code designation}, {@code description}, {@code imageid},
 *     {@code prdtypecode}; empty for an insert
 * @param rolledBack whether the load was rolled back since, so that the product is {@code before} again
 * @param before as it was before the load; null for an insert, or when it was loaded before values were kept
 * @param after as the load made it; null when it was loaded before values were kept
 */
public record ProductRevision(
        long productId,
        long loadId,
        String batchName,
        String operation,
        List<String> fields,
        Instant time,
        boolean rolledBack,
        @Nullable LabelledProduct before,
        @Nullable LabelledProduct after) {

    public ProductRevision {
        fields = List.copyOf(fields);
    }
}
