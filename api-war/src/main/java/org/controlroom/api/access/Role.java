package org.controlroom.api.access;

/** What a caller is allowed to do; each role includes those before it. */
public enum Role {
    /** Anybody who reaches the port: predictions, health, metrics, documentation. */
    PUBLIC,
    /** Looks at everything, changes nothing. */
    VIEWER,
    /** Loads, trains, promotes, rolls back. */
    OPERATOR,
    /** Installs code and changes settings. */
    ADMIN
}
