package org.controlroom.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node answered in one minute.
 *
 * @param start when it began
 * @param seconds its length: about 60; less for the first after a start and for the present one
 * @param predictions that were answered
 * @param errors requests that ended in an error, by kind of error; kinds without one are there with 0
 * @param p50Seconds median time of an answer, estimated from the latency histogram; null when nothing was answered
 * @param p95Seconds 95th percentile
 * @param p99Seconds 99th percentile
 */
public record TrafficMinute(
        Instant start,
        double seconds,
        long predictions,
        SortedMap<String, Long> errors,
        @Nullable Double p50Seconds,
        @Nullable Double p95Seconds,
        @Nullable Double p99Seconds) {

    public TrafficMinute {
        errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    }
}
