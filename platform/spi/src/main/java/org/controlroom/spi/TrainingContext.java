package org.controlroom.spi;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * What a plugin gets for one training: settings, seed, threads and a place to report progress.
 *
 * @param settings complete and checked against the plugin's schema
 * @param seed the only source of randomness; the same seed must give the same bytes with any number of threads
 * @param parallelism threads that {@code executor} runs at once, 1 or more
 * @param executor threads to train on; the plugin neither makes threads of its own nor shuts this down
 * @param progress where to report, and where to learn of a cancellation
 */
public record TrainingContext(
        Settings settings, long seed, int parallelism, ExecutorService executor, Progress progress) {

    public TrainingContext {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(progress, "progress");
        if (parallelism < 1) {
            throw new IllegalArgumentException("training context: parallelism=" + parallelism + "; must be 1 or more");
        }
    }

    /** The same context with other settings. */
    public TrainingContext with(Settings other) {
        return new TrainingContext(other, seed, parallelism, executor, progress);
    }

    /**
     * Runs all tasks on the executor and answers their results in the order of the tasks.
     *
     * @throws ControlRoomException the first failure; CANCELLED when this thread is interrupted
     */
    public <T> List<T> runAll(List<? extends Callable<T>> tasks) {
        try {
            List<Future<T>> futures = executor.invokeAll(tasks);
            List<T> results = new java.util.ArrayList<>(futures.size());
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            throw new ControlRoomException(ErrorCode.CANCELLED, "training was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ControlRoomException known) {
                throw known;
            }
            throw new ControlRoomException(ErrorCode.PLUGIN_FAILED, "training failed: " + e.getCause(), e.getCause());
        }
    }
}
