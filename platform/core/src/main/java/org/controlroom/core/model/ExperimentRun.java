package org.controlroom.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of an experiment in the model registry, with all that was logged to it.
 *
 * @param id unique id
 * @param experiment name of the experiment, for example {@code rakuten_model_training}
 * @param name label for people
 * @param status RUNNING, COMPLETED, FAILED or CANCELLED
 * @param startedAt when it began
 * @param endedAt when it ended; null while running
 * @param parameters texts by key
 * @param metrics last value by key
 * @param tags texts by key
 */
public record ExperimentRun(
        String id,
        String experiment,
        String name,
        RunStatus status,
        Instant startedAt,
        @Nullable Instant endedAt,
        SortedMap<String, String> parameters,
        SortedMap<String, Double> metrics,
        SortedMap<String, String> tags) {

    public ExperimentRun {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
}
