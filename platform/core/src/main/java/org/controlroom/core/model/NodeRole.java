package org.controlroom.core.model;

import java.util.Locale;

/** What a node does. */
public enum NodeRole {
    /** Has the live model and answers predictions. */
    SERVE,
    /** Runs pipelines. */
    PIPELINES;

    /** Lower-case name, as in the configuration and in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
