package org.controlroom.core.promote;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Work that a thread of its own does while the one that needs its result does something else first. */
final class Meanwhile<T> {

    private final FutureTask<T> task;
    private final Thread thread;

    private Meanwhile(String name, FutureTask<T> task) {
        this.task = task;
        thread = new Thread(task, name);
        thread.setDaemon(true);
    }

    static <T> Meanwhile<T> begin(String name, Supplier<T> work) {
        Meanwhile<T> begun = new Meanwhile<>(name, new FutureTask<>(work::get));
        begun.thread.start();
        return begun;
    }

    /** For work without a result. */
    static Meanwhile<Boolean> begin(String name, Runnable work) {
        return begin(name, () -> {
            work.run();
            return true;
        });
    }

    /** Waits for the end. Throws what the work threw. */
    T result() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ControlRoomException failure) {
                throw failure;
            }
            throw new IllegalStateException(thread.getName() + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new ControlRoomException(
                    ErrorCode.REGISTRY_UNAVAILABLE, "interrupted while waiting for " + thread.getName(), e);
        }
    }

    /** Nobody needs the result any more. */
    void abandon() {
        task.cancel(true);
    }
}
