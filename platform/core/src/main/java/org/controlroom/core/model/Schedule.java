package org.controlroom.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When a pipeline runs without anybody asking.
 *
 * @param name unique: lower-case letters, digits and hyphens
 * @param pipeline that is run
 * @param parameters of each run; those that are missing take their defaults when it starts
 * @param cron five fields: minute, hour, day of month, month, day of week
 * @param zone whose clocks the cron expression means, for example {@code Europe/Paris}
 * @param enabled whether it runs by itself
 * @param misfire what becomes of fire times at which no node was there
 * @param overlap what becomes of a fire time at which the pipeline still runs
 * @param decidedUntil every fire time up to here has been decided on
 */
public record Schedule(
        String name,
        String pipeline,
        SortedMap<String, String> parameters,
        String cron,
        String zone,
        boolean enabled,
        Misfire misfire,
        Overlap overlap,
        Instant decidedUntil) {

    public Schedule {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** What becomes of fire times at which no node was there. */
    public enum Misfire {
        /** Each is made up for, one after the other. */
        ALL,
        /** The last is made up for. */
        LAST,
        /** None is. */
        NONE;

        /** Lower-case name, as in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of a fire time at which a run of the pipeline has not ended. */
    public enum Overlap {
        /** It waits for that run's end. */
        QUEUE,
        /** That run is cancelled. */
        CANCEL,
        /** It has no run, and this is a failure that is told. */
        FAIL;

        /** Lower-case name, as in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same with another state of being enabled, and nothing to be made up for. */
    public Schedule enabled(boolean on, Instant now) {
        return new Schedule(name, pipeline, parameters, cron, zone, on, misfire, overlap, now);
    }
}
