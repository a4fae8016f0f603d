package org.controlroom.api.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.controlroom.api.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one batch: worked out by several threads, written by one in the order of the rows while rows still
 * arrive. At most a fixed number of parts is under way, so a client that does not read stops its own rows.
 */
final class BatchAnswers {

    private static final CompletableFuture<JsonBytes> END = CompletableFuture.completedFuture(new JsonBytes(1));
    private static final long LOOK_MS = 200;

    private final BlockingQueue<CompletableFuture<JsonBytes>> parts;
    private final OutputStream out;
    private final Executor workers;
    private final Future<?> writing;
    private volatile @Nullable IOException failure;

    /** @param writer runs one long task: the writing */
    BatchAnswers(OutputStream out, Executor workers, Executor writer, int partsUnderWay) {
        this.out = out;
        this.workers = workers;
        parts = new ArrayBlockingQueue<>(partsUnderWay);
        FutureTask<?> task = new FutureTask<>(this::write, null);
        writing = task;
        writer.execute(task);
    }

    /**
     * Has a part worked out and written after all parts before it; waits while too many are under way.
     *
     * @throws IOException when nothing can be written any more
     */
    void add(java.util.function.Supplier<JsonBytes> part) throws IOException, InterruptedException {
        CompletableFuture<JsonBytes> future = CompletableFuture.supplyAsync(part, workers);
        put(future);
    }

    private void put(CompletableFuture<JsonBytes> part) throws IOException, InterruptedException {
        while (!parts.offer(part, LOOK_MS, TimeUnit.MILLISECONDS)) {
            throwFailure();
        }
        throwFailure();
    }

    /** Waits until everything is written. */
    void finish() throws IOException, InterruptedException {
        put(END);
        try {
            writing.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException("answers could not be written: " + e.getCause(), e.getCause());
        }
        throwFailure();
    }

    /** Ends the writing, whatever is still under way. */
    void abort() {
        failure = new IOException("the request ended");
        writing.cancel(true);
    }

    private void throwFailure() throws IOException {
        IOException known = failure;
        if (known != null) {
            throw known;
        }
    }

    private void write() {
        try {
            while (true) {
                CompletableFuture<JsonBytes> part = parts.poll();
                if (part == null) {
                    // Nothing waits, so the client gets now what is there.
                    out.flush();
                    part = parts.take();
                }
                if (part == END) {
                    out.flush();
                    return;
                }
                part.join().writeTo(out);
            }
        } catch (IOException e) {
            failure = e;
        } catch (CompletionException e) {
            failure = new IOException("a part could not be worked out: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
