package org.controlroom.api.boot;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks at the registry again and again, and at once when somebody says that it has changed. */
final class RegistryFollower implements AutoCloseable {

    private final Semaphore news = new Semaphore(0);
    private volatile boolean closed;

    private RegistryFollower() {}

    /**
     * Starts the thread.
     *
     * @param poll longest time between the end of one look and the next
     * @param look throws nothing; is told whether somebody asked for it
     */
    static RegistryFollower start(Duration poll, Consumer<Boolean> look) {
        RegistryFollower follower = new RegistryFollower();
        Thread thread = new Thread(() -> follower.run(poll, look), "registry-follower");
        thread.setDaemon(true);
        thread.start();
        return follower;
    }

    private void run(Duration poll, Consumer<Boolean> look) {
        try {
            while (!closed) {
                boolean asked = news.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
                // Whatever was said until now is answered by one look.
                news.drainPermits();
                if (!closed) {
                    look.accept(asked);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The registry may have changed: look at once. Does not wait for it. */
    void nudge() {
        news.release();
    }

    @Override
    public void close() {
        closed = true;
        news.release();
    }
}
