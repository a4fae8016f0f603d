package org.controlroom.testkit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Settings;
import org.controlroom.spi.TrainingContext;

/** Training contexts with threads that end with the call. */
public final class TrainingContexts {

    private TrainingContexts() {}

    /** Runs the action with a context of {@code threads} threads and shuts them down. */
    public static <T> T with(
            Settings settings, long seed, int threads, Progress progress, Function<TrainingContext, T> action) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            return action.apply(new TrainingContext(settings, seed, threads, executor, progress));
        } finally {
            executor.shutdownNow();
        }
    }

    /** Runs the action with seed 1, two threads and nobody watching. */
    public static <T> T with(Settings settings, Function<TrainingContext, T> action) {
        return with(settings, 1, 2, Progress.NONE, action);
    }
}
