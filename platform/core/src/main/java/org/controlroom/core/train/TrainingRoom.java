package org.controlroom.core.train;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;

/**
 * Where trainings happen and with what.
 *
 * @param runsFolder one folder a run is made below it; kept until the run has been registered
 * @param threads low-priority threads of their own, so that training never takes those that serve
 * @param parallelism threads that {@code threads} runs at once, 1 or more
 * @param codeVersion version of the platform, for the model's provenance
 */
public record TrainingRoom(Path runsFolder, ExecutorService threads, int parallelism, String codeVersion) {}
