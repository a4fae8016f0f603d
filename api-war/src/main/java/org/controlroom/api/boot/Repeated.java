package org.controlroom.api.boot;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again in a daemon thread of its own, until it is closed. */
final class Repeated implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);

    private Repeated() {}

    /**
     * Starts the thread.
     *
     * @param firstAfterMs wait before the first time
     * @param everyMs wait between the end of one time and the next
     * @param work throws nothing
     */
    static Repeated start(String name, long firstAfterMs, long everyMs, Runnable work) {
        Repeated repeated = new Repeated();
        Thread thread = new Thread(() -> repeated.run(firstAfterMs, everyMs, work), name);
        thread.setDaemon(true);
        thread.start();
        return repeated;
    }

    private void run(long firstAfterMs, long everyMs, Runnable work) {
        try {
            for (long wait = firstAfterMs; !closed.await(wait, TimeUnit.MILLISECONDS); wait = everyMs) {
                work.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not wait for work that is being done. */
    @Override
    public void close() {
        closed.countDown();
    }
}
