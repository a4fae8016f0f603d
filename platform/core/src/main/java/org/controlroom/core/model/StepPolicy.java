package org.controlroom.core.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a step is tried, and how long it may take.
 *
 * @param attempts in all, when a dependency (database, registry) fails it; 1 and more
 * @param firstDelay before the second attempt; four times as long before each further one
 * @param maxDelay the longest delay
 * @param limit of one attempt; null for none
 */
public record StepPolicy(
        int attempts,
        Duration firstDelay,
        Duration maxDelay,
        @Nullable Duration limit) {

    public static final StepPolicy DEFAULT = new StepPolicy(3, Duration.ofSeconds(2), Duration.ofSeconds(60), null);

    private static final double GROWTH = 4;

    /**
     * The wait before the next attempt, a quarter more or less by chance, so that runs that one failure met do not come
     * back at the same moment.
     *
     * @param failed attempts that failed, 1 and more
     * @param chance 0..1
     */
    public Duration delay(int failed, double chance) {
        double millis = firstDelay.toMillis() * Math.pow(GROWTH, failed - 1);
        double bounded = Math.min(millis, (double) maxDelay.toMillis());
        return Duration.ofMillis(Math.round(bounded * (0.75 + 0.5 * chance)));
    }
}
