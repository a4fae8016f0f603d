package org.controlroom.api.predict;

import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** The threads that all batches share, and the limit of batches at once. */
public final class BatchThreads implements AutoCloseable {

    /** Each batch also holds a thread that reads and one that writes, so there is an end to them. */
    private static final int BATCHES_AT_ONCE = 16;

    private static final int PARTS_A_THREAD = 8;

    private final int threads;
    private final ExecutorService workers;
    private final ExecutorService writers;
    private final Semaphore batches = new Semaphore(BATCHES_AT_ONCE);

    /** @param threads that work out answers at once, over all batches */
    public BatchThreads(int threads) {
        this.threads = threads;
        AtomicInteger number = new AtomicInteger();
        workers = Executors.newFixedThreadPool(threads, work -> daemon(work, "batch-" + number.incrementAndGet()));
        writers = Executors.newCachedThreadPool(work -> daemon(work, "batch-writer-" + number.incrementAndGet()));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins a batch; {@link #leave()} must follow. */
    void enter() {
        if (!batches.tryAcquire()) {
            throw new ControlRoomException(
                    ErrorCode.OVERLOADED,
                    Reason.of(
                            "batches-busy",
                            "{0} batches are under way; try again when one has ended",
                            BATCHES_AT_ONCE));
        }
    }

    void leave() {
        batches.release();
    }

    BatchAnswers open(OutputStream out) {
        return new BatchAnswers(out, workers, writers, threads * PARTS_A_THREAD);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        writers.shutdownNow();
    }
}
