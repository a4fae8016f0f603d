package org.controlroom.core.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one fire time of a schedule.
 *
 * @param id ascending in the order in which they were decided on
 * @param schedule its name
 * @param fireTime when a run was due
 * @param status what became of it
 * @param late whether it is made up for, because no node was there in time
 * @param runId the run; null when there is none
 * @param reason why there is no run, or what is waited for; empty otherwise
 */
public record ScheduledFire(
        long id,
        String schedule,
        Instant fireTime,
        Status status,
        boolean late,
        @Nullable String runId,
        String reason) {

    /** What became of a fire time. */
    public enum Status {
        /** Its run will start as soon as it can. */
        WAITING,
        /** It has a run, whatever became of that. */
        STARTED,
        /** No node was there, and the schedule does not make up for it. */
        MISSED,
        /** It has no run: the pipeline was running, or refused. */
        FAILED;

        /** Lower-case name, as in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
