package org.controlroom.api.boot;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of a fixed number and the lowest priority, so that training does not take the time of those that serve. */
final class TrainingThreads {

    private TrainingThreads() {}

    @SuppressWarnings("ThreadPriorityCheck") // nothing is right or wrong by it; serving is to stay fast meanwhile
    static ExecutorService start(int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "training-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }

    /** Interrupts what runs and waits for its end. */
    static void stop(ExecutorService threads, Duration patience) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
