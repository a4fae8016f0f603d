package org.controlroom.core.model;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that people may want to be told.
 *
 * @param id ascending with time
 * @param about pipeline of a run, registered model of a version
 * @param subject id of the run, number of the version
 * @param detail step that failed, version that was replaced; null when there is none
 * @param reason why, for people
 * @param actor who asked for the run, who put the version into production
 */
public record Notice(
        long id,
        Kind kind,
        String about,
        String subject,
        @Nullable String detail,
        String reason,
        String actor,
        Instant at) {

    /** What happened. */
    public enum Kind {
        /** A run failed, or was found cut off or lost. */
        RUN_FAILED("failure"),
        PROMOTED("promotion"),
        ROLLED_BACK("promotion"),
        /** Nothing; somebody tries whether messages arrive. */
        TEST("");

        private final String topic;

        Kind(String topic) {
            this.topic = topic;
        }

        /** What is said in {@code controlroom.notifications.on} to be told; empty when it is told always. */
        public String topic() {
            return topic;
        }

        /** Lower-case name, as in JSON and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #text()}, ignoring case. */
        public static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
