package org.controlroom.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the texts of many products are, in characters. All figures are 0 when there are no products.
 *
 * @param shortest fewest characters
 * @param mean arithmetic mean
 * @param median the middle one of all lengths, the lower one of two
 * @param percentile95 the length that 95 of 100 do not exceed
 * @param longest most characters
 * @param buckets in ascending order, without gaps from 0 on
 */
public record LengthDistribution(
        int shortest, double mean, int median, int percentile95, int longest, List<Bucket> buckets) {

    public LengthDistribution {
        buckets = List.copyOf(buckets);
    }

    /**
     * Products whose text has a length within two bounds.
     *
     * @param from fewest characters
     * @param to most characters; null when there is no upper bound
     */
    public record Bucket(int from, @Nullable Integer to, long products) {}
}
