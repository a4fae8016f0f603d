package org.controlroom.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labelled catalogue as one training run saw it.
 *
 * @param hash lower-case hex SHA-256 over product ids, texts and labels in the order of product ids
 * @param runId pipeline run that took it
 * @param trainRows rows of the training part
 * @param testRows rows of the hold-out part
 * @param byLabel rows of each code in both parts together
 */
public record DatasetSnapshot(
        String hash, String runId, Instant createdAt, long trainRows, long testRows, SortedMap<Integer, Long> byLabel) {

    public DatasetSnapshot {
        byLabel = Collections.unmodifiableSortedMap(new TreeMap<>(byLabel));
    }
}
