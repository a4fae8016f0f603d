package org.controlroom.spi.drift;

import org.jspecify.annotations.Nullable;

/**
 * Outcome of one comparison.
 *
 * @param statistic the test statistic or distance, finite
 * @param pValue probability of a statistic at least this large without drift, 0..1; null for distances
 * @param threshold what the decision was made against: statistic above it, or p-value below it
 * @param drifted the decision
 */
public record DriftResult(double statistic, @Nullable Double pValue, double threshold, boolean drifted) {

    public DriftResult {
        if (!Double.isFinite(statistic)) {
            throw new IllegalArgumentException("drift result: statistic=" + statistic + "; must be finite");
        }
        if (pValue != null && !(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("drift result: pValue=" + pValue + "; must be 0..1");
        }
    }
}
