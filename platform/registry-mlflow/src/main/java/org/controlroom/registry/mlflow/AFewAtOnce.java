package org.controlroom.registry.mlflow;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Calls that do not depend on each other, a few at a time: most of each is waiting for the server. */
final class AFewAtOnce {

    private static final int MOST = 4;

    private AFewAtOnce() {}

    /** Returns when all are done. Throws what the first of the list threw that failed; others may have been left out then. */
    static void run(List<Runnable> calls) {
        if (calls.size() < 2) {
            calls.forEach(Runnable::run);
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MOST, calls.size()), work -> {
            Thread thread = new Thread(work, "mlflow-calls");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<? extends Future<?>> all = calls.stream().map(threads::submit).toList();
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ControlRoomException failure) {
                throw failure;
            }
            throw new IllegalStateException("a call of MLflow: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlRoomException(
                    ErrorCode.REGISTRY_UNAVAILABLE, "interrupted while waiting for MLflow's answers", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
