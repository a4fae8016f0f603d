package org.controlroom.core.model;

import java.time.Instant;

/**
 * A named group of runs in the model registry.
 *
 * @param runs how many it has
 */
public record Experiment(String name, Instant createdAt, long runs) {}
