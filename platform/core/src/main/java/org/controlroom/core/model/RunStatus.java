package org.controlroom.core.model;

import java.util.Locale;

/** How far a run, or a step of one, has come. */
public enum RunStatus {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether nothing more will happen, unless it is restarted. */
    public boolean ended() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** Lower-case name, as in JSON and in the database. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #text()}, ignoring case. */
    public static RunStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
