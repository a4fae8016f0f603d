package org.controlroom.spi;

/** Whose fault an error is; decides log level, metric label and whether a pipeline step is tried again. */
public enum ErrorKind {
    /** The caller sent something that is not allowed. Not tried again. */
    USER,
    /** A plugin is missing, broken or misbehaves. Not tried again. */
    PLUGIN,
    /** A database, registry or other service did not answer. Tried again. */
    DEPENDENCY,
    /** Not enough of something right now: no live model, disk full, too many requests. Tried again later. */
    CAPACITY,
    /** A mistake of our own. Not tried again. */
    INTERNAL
}
