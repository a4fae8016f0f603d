package org.controlroom.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One version of a registered model.
 *
 * @param name registered model, for example {@code rakuten_classifier}
 * @param version number from 1, as text
 * @param runId registry run that produced it; its artifacts hold the folder {@code model/}
 * @param stage current stage
 * @param aliases for example {@code production}
 * @param tags free texts by key
 * @param createdAt when it was registered
 */
public record ModelVersion(
        String name,
        String version,
        String runId,
        Stage stage,
        SortedSet<String> aliases,
        SortedMap<String, String> tags,
        Instant createdAt) {

    /** The registered model that classifies products. */
    public static final String CLASSIFIER = "rakuten_classifier";

    /** Alias of the version that serves. */
    public static final String PRODUCTION_ALIAS = "production";

    /** Alias of the version that waits for somebody to put it into production. */
    public static final String STAGING_ALIAS = "staging";

    /** Alias of the version that was good enough by itself, but not better than the one that serves. */
    public static final String CHALLENGER_ALIAS = "challenger";

    public ModelVersion {
        aliases = Collections.unmodifiableSortedSet(new TreeSet<>(aliases));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** The same version in another stage. */
    public ModelVersion withStage(Stage other) {
        return new ModelVersion(name, version, runId, other, aliases, tags, createdAt);
    }
}
