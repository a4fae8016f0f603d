package org.controlroom.core.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message to one channel, and what became of it.
 *
 * @param id ascending with time
 * @param kind what it tells of, see {@link Notice.Kind#text()}
 * @param text details, one a line
 * @param link null when it has none
 * @param status {@code open}, {@code delivered} or {@code given_up}
 * @param attempts made so far
 * @param nextAttemptAt when it is tried again; null when it has ended
 * @param endedAt when it was delivered or given up; null before
 * @param problem why the last attempt failed; empty when none did
 */
public record Notification(
        long id,
        String channel,
        String kind,
        String title,
        String text,
        @Nullable String link,
        String status,
        int attempts,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt,
        String problem) {

    /** How far it has come. */
    public enum Status {
        OPEN,
        DELIVERED,
        GIVEN_UP;

        /** Lower-case name, as in JSON and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
