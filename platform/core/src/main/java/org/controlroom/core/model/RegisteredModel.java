package org.controlroom.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One registered model.
 *
 * @param name unique
 * @param createdAt when its first version was registered
 * @param latestVersion number of the newest version, as text
 * @param aliases version number by alias
 */
public record RegisteredModel(String name, Instant createdAt, String latestVersion, SortedMap<String, String> aliases) {

    public RegisteredModel {
        aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
    }
}
