package org.controlroom.core.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Settings;
import org.controlroom.spi.TrainingContext;

/**
 * Where trainings happen and with what.
 *
 * @param runsFolder one folder a run is made below it; kept until the run has been registered
 * @param threads low-priority threads of their own, so that training never takes those that serve
 * @param parallelism threads that {@code threads} runs at once, 1 or more
 * @param codeVersion version of the platform, for the model's provenance
 */
public record TrainingRoom(Path runsFolder, ExecutorService threads, int parallelism, String codeVersion) {

    /** For a model that answers rows and learns nothing. */
    TrainingContext answering() {
        return new TrainingContext(Settings.of(Map.of()), 0, parallelism, threads, Progress.NONE);
    }
}
