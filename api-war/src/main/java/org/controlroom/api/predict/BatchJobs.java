package org.controlroom.api.predict;

import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Batches that go on when their owner has gone: an uploaded file is kept, answered by the code of {@code /predict/batch},
 * one after the other, and its answers are kept to be downloaded. A job that the end of the process cut off has failed
 * when the next one starts. Thread-safe.
 */
public final class BatchJobs implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(BatchJobs.class.getName());
    private static final long SAVE_EVERY_ROWS = 5_000;
    private static final int STOP_SECONDS = 10;

    private final BatchJobFiles files;
    private final BatchPredictions predictions;
    private final Runnable modelCheck;
    private final Telemetry telemetry;
    private final BatchThreads threads;
    private final InstantSource clock;
    private final Limits limits;
    private final ProductReader reader = new ProductReader();
    private final ExecutorService worker;
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean closing;
    private final Map<String, Future<?>> work = new ConcurrentHashMap<>();

    /** By id. Each change replaces a job; the map is the one place where its state is. */
    private final ConcurrentSkipListMap<String, BatchJob> jobs = new ConcurrentSkipListMap<>();

    /**
     * How much is kept.
     *
     * @param uploadBytes size of one file
     * @param waiting jobs that wait at once
     * @param kept ended jobs
     * @param keptBytes size of all kept answers together
     * @param keptFor age of an ended job
     */
    public record Limits(long uploadBytes, int waiting, int kept, long keptBytes, Duration keptFor) {
        public static final Limits DEFAULT = new Limits(100L << 20, 10, 50, 1L << 30, Duration.ofDays(14));
    }

    /**
     * Takes up what an earlier process left.
     *
     * @param predictions answers, logs and counts
     * @param modelCheck throws when nothing can be predicted now
     */
    public BatchJobs(
            Path folder,
            BatchPredictions predictions,
            Runnable modelCheck,
            Telemetry telemetry,
            BatchThreads threads,
            InstantSource clock,
            Limits limits) {
        files = new BatchJobFiles(folder);
        this.predictions = predictions;
        this.modelCheck = modelCheck;
        this.telemetry = telemetry;
        this.threads = threads;
        this.clock = clock;
        this.limits = limits;
        worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "batch-jobs");
            thread.setDaemon(true);
            return thread;
        });
        for (BatchJob job : files.load()) {
            jobs.put(job.id(), job);
            if (!job.status().isEnded()) {
                end(job, BatchJob.Status.FAILED, "the server ended in the middle of it; upload the file again");
            }
        }
    }

    /** All jobs, newest first. */
    public List<BatchJob> list() {
        return List.copyOf(jobs.descendingMap().values());
    }

    /** @throws ControlRoomException NOT_FOUND */
    public BatchJob job(String id) {
        BatchJob job = jobs.get(id);
        if (job == null) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND, Reason.of("batch-unknown", "batch '{0}' is not kept", id));
        }
        return job;
    }

    /**
     * Keeps a file and puts it into the queue.
     *
     * @param contentType as of {@code /predict/batch}
     * @param query as of {@code /predict/batch}; null for none
     * @throws ControlRoomException what is wrong with the request or the beginning of the file; OVERLOADED when too many
     *     wait; NO_LIVE_MODEL
     */
    public BatchJob submit(String name, @Nullable String contentType, @Nullable String query, InputStream body)
            throws IOException {
        BatchFormat format = BatchFormat.of(contentType, query, reader);
        modelCheck.run();
        checkRoom();
        String id = newId();
        long bytes = files.receive(id, body, limits.uploadBytes());
        BatchJob job;
        try {
            try (InputStream in = Files.newInputStream(files.input(id))) {
                format.rows(in);
            }
            job = new BatchJob(
                    id,
                    name,
                    BatchJob.Status.QUEUED,
                    String.valueOf(contentType),
                    clock.instant(),
                    null,
                    null,
                    bytes,
                    0,
                    0,
                    0,
                    0,
                    null);
            checkRoom();
            files.save(job);
        } catch (IOException | RuntimeException e) {
            files.delete(id);
            throw e;
        }
        jobs.put(id, job);
        removeOld();
        work.put(id, worker.submit(() -> run(id, format)));
        return job;
    }

    private void checkRoom() {
        long waiting = jobs.values().stream()
                .filter(job -> job.status() == BatchJob.Status.QUEUED)
                .count();
        if (waiting >= limits.waiting()) {
            throw new ControlRoomException(
                    ErrorCode.OVERLOADED,
                    Reason.of(
                            "batches-waiting",
                            "{0} batches wait already; upload the file when one of them has begun",
                            waiting));
        }
    }

    /** Ascends with time, over restarts too. */
    private String newId() {
        long now = clock.millis();
        long number = lastId.updateAndGet(last -> Math.max(last + 1, now));
        return String.format("batch-%013d", number);
    }

    /**
     * The answers of a completed job.
     *
     * @throws ControlRoomException NOT_FOUND; CONFLICT when it is not completed
     */
    public Path result(String id) {
        BatchJob job = job(id);
        if (job.status() != BatchJob.Status.COMPLETED) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    "batch '" + id + "' is " + job.status().name().toLowerCase(java.util.Locale.ROOT)
                            + (job.error() == null ? "" : ": " + job.error())
                            + "; only a completed one can be downloaded");
        }
        return files.result(id);
    }

    /** Stops a job that has not ended; removes one that has. */
    public void remove(String id) {
        BatchJob job = job(id);
        if (job.status().isEnded()) {
            jobs.remove(id);
            files.delete(id);
            return;
        }
        Future<?> task = work.get(id);
        if (task != null) {
            task.cancel(true);
        }
        if (job.status() == BatchJob.Status.QUEUED) {
            end(job, BatchJob.Status.CANCELLED, "cancelled before it began");
        }
    }

    private void run(String id, BatchFormat format) {
        BatchJob queued = jobs.get(id);
        if (queued == null || queued.status() != BatchJob.Status.QUEUED) {
            return;
        }
        BatchJob started = queued.started(clock.instant());
        change(started);
        try {
            files.save(started);
            answer(started, format);
            long size = Files.size(files.result(id));
            end(job(id), BatchJob.Status.COMPLETED, size, null);
        } catch (IOException | RuntimeException | LinkageError e) {
            boolean stopped = Thread.interrupted()
                    || e instanceof java.io.InterruptedIOException
                    || e instanceof java.nio.channels.ClosedByInterruptException;
            if (closing) {
                // Stays as it is on the disk: the next process says that it was cut off.
                return;
            }
            if (!stopped) {
                LOG.log(Level.WARNING, e, () -> "batch " + id + " failed: " + e.getMessage());
            }
            end(
                    job(id),
                    stopped ? BatchJob.Status.CANCELLED : BatchJob.Status.FAILED,
                    stopped ? "cancelled" : String.valueOf(e.getMessage()));
        } finally {
            work.remove(id);
        }
    }

    private void answer(BatchJob job, BatchFormat format) throws IOException {
        AtomicLong read = new AtomicLong();
        AtomicLong rows = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        BatchRun run = new BatchRun(format, predictions, telemetry, "/api/v1/batches/" + job.id(), (more, wrong) -> {
            long before = rows.getAndAdd(more);
            failed.addAndGet(wrong);
            BatchJob now = job.at(read.get(), rows.get(), failed.get());
            change(now);
            if (before / SAVE_EVERY_ROWS != (before + more) / SAVE_EVERY_ROWS) {
                files.save(now);
            }
        });
        try (InputStream in = new CountingStream(Files.newInputStream(files.input(job.id())), read);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(files.result(job.id())), 1 << 16)) {
            run.run(run.rows(in), out, threads);
        }
        change(job.at(job.bytes(), rows.get(), failed.get()));
    }

    /** A job that was removed in the meantime stays so; what several threads count goes forward only. */
    private void change(BatchJob job) {
        jobs.computeIfPresent(
                job.id(), (id, before) -> before.status() == job.status() && before.rows() > job.rows() ? before : job);
    }

    private void end(BatchJob job, BatchJob.Status status, String why) {
        end(job, status, 0, why);
    }

    private void end(BatchJob job, BatchJob.Status status, long resultBytes, @Nullable String why) {
        BatchJob ended = job.ended(status, clock.instant(), resultBytes, why);
        jobs.replace(job.id(), ended);
        files.deleteInput(job.id());
        if (status != BatchJob.Status.COMPLETED) {
            try {
                Files.deleteIfExists(files.result(job.id()));
            } catch (IOException e) {
                LOG.log(Level.WARNING, e, () -> "answers of batch " + job.id() + " cannot be removed");
            }
        }
        try {
            files.save(ended);
        } catch (ControlRoomException e) {
            LOG.log(Level.WARNING, e, () -> "the end of batch " + job.id() + " is not written: " + e.getMessage());
        }
    }

    private void removeOld() {
        List<BatchJob> ended = new ArrayList<>(
                jobs.values().stream().filter(job -> job.status().isEnded()).toList());
        ended.sort(Comparator.comparing(BatchJob::id).reversed());
        Instant oldest = clock.instant().minus(limits.keptFor());
        long bytes = 0;
        int kept = 0;
        for (BatchJob job : ended) {
            bytes += job.resultBytes();
            kept++;
            if (kept > limits.kept()
                    || bytes > limits.keptBytes()
                    || job.createdAt().isBefore(oldest)) {
                jobs.remove(job.id());
                files.delete(job.id());
            }
        }
    }

    /** Stops the job under way; the next process says that it was cut off. */
    @Override
    public void close() {
        closing = true;
        worker.shutdownNow();
        try {
            worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says how far a file has been read. */
    private static final class CountingStream extends FilterInputStream {
        private final AtomicLong count;

        CountingStream(InputStream in, AtomicLong count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) {
                count.incrementAndGet();
            }
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                count.addAndGet(read);
            }
            return read;
        }
    }
}
