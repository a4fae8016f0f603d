package org.controlroom.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole catalogue described, as it was after one load.
 *
 * @param computedAt when it was counted
 * @param loadId the newest completed load at that time; null when nothing was ever loaded
 * @param products products in all
 * @param labelled products with a known label
 * @param withImage products with the id of a picture
 * @param withoutDescription products whose description is empty
 * @param byLabel labelled products of each code
 * @param byLanguage products of each language: {@code fr}, {@code en}, {@code de}, {@code unknown}
 * @param designationChars lengths of the titles
 * @param descriptionChars lengths of the descriptions
 */
public record CatalogueStatistics(
        Instant computedAt,
        @Nullable Long loadId,
        long products,
        long labelled,
        long withImage,
        long withoutDescription,
        SortedMap<Integer, Long> byLabel,
        SortedMap<String, Long> byLanguage,
        LengthDistribution designationChars,
        LengthDistribution descriptionChars) {

    public CatalogueStatistics {
        byLabel = Collections.unmodifiableSortedMap(new TreeMap<>(byLabel));
        byLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    }
}
