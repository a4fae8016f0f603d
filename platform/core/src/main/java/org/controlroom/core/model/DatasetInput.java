package org.controlroom.core.model;

import java.util.Comparator;

/**
 * Data that a run of an experiment read.
 *
 * @param name for example {@code catalogue}; 1..500 characters
 * @param digest tells this content from any other of that name; 1..36 characters
 * @param sourceType what {@code source} is, for example {@code control_room}; 1..36 characters
 * @param source where it came from, as JSON
 * @param profile figures about it, as JSON; empty for none
 * @param context what it was read for, for example {@code training}; empty when nobody said
 */
public record DatasetInput(
        String name, String digest, String sourceType, String source, String profile, String context) {

    /** By name, then digest. */
    public static final Comparator<DatasetInput> ORDER =
            Comparator.comparing(DatasetInput::name).thenComparing(DatasetInput::digest);
}
