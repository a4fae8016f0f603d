package org.controlroom.core.model;

import java.time.Instant;
import java.util.List;

/**
 * What one load did to one product.
 *
 * @param operation {@code insert} or {@code update}
 * @param fields what an update made another: {@code designation}, {@code description}, {@code imageid},
 *     {@code prdtypecode}; empty for an insert
 */
public record ProductChange(long loadId, String batchName, String operation, List<String> fields, Instant time) {

    public ProductChange {
        fields = List.copyOf(fields);
    }
}
