package org.controlroom.pipelines.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a thread of its own with the lowest priority while the batch thread waits.
 *
 * <p>Not in the batch thread, for two reasons: that runs a step inside one transaction, in which nothing that is written
 * would be seen before the step ends, and it goes back to a pool that others use, on systems where a priority once
 * lowered cannot be raised again.
 */
public final class StepThreads {

    private final ThreadFactory factory;

    public StepThreads(ThreadFactory factory) {
        this.factory = factory;
    }

    /**
     * Returns when the work is done. An interrupt is handed on to the work, and its end is still awaited: a step must
     * not go on behind the back of a run that has ended.
     *
     * @throws RuntimeException what the work threw
     */
    @SuppressWarnings("ThreadPriorityCheck") // nothing is right or wrong by it; serving is to stay fast meanwhile
    void call(Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        Thread thread = factory.newThread(task);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrow(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException runtime) {
            return runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(cause);
    }
}
