package org.controlroom.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.controlroom.core.model.Prediction;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The log of all answered predictions. A line is with the operating system when {@link #append} returns, in
 * {@code inference_log.pending}, so a kill of the process loses none; a thread of this brings the lines of some
 * milliseconds to {@code inference_log.csv} together, because a call of the operating system for each would cost more
 * than everything else about it. Where there is no room for the first file, lines go to the second at once.
 * {@link #sync} brings them to the disk. Thread-safe; there must be one for each folder.
 */
public final class InferenceLog implements AutoCloseable {

    private static final int PENDING_BYTES = 1 << 20;
    private static final long GATHER_NANOS = 20_000_000;
    private static final long FAILED_NANOS = 200_000_000;
    private static final long STOP_WITHIN_MS = 10_000;

    /** Buffers kept for later lines; more threads than this make their own. */
    private static final int KEPT_RECORDS = 64;

    private final LogFile file;
    private final Path pendingPath;
    private final AtomicReferenceArray<PredictionRecord> records = new AtomicReferenceArray<>(KEPT_RECORDS);
    private final Thread writer = new Thread(this::run, "inference-log");

    /** Guards the end of {@code pending} that is taken from, and {@code chunk}. */
    private final ReentrantLock writing = new ReentrantLock();

    private final byte[] chunk = new byte[PENDING_BYTES / 2];

    /** Null when lines go to the file at once. */
    private volatile @Nullable PendingLines pending;

    /** Whether the last lines could not be written; then {@link #append} tries before it takes another one. */
    private volatile boolean blocked;

    private volatile boolean sleeping;
    private volatile boolean closed;

    /**
     * Opens the log; a line torn by a crash is moved aside, so that the file can be parsed, and what a killed process has
     * left pending is written.
     *
     * @param maxBytes size above which the file is rotated
     * @throws ControlRoomException STORAGE_FAILED
     */
    public InferenceLog(Path folder, long maxBytes, InstantSource clock) {
        pendingPath = folder.resolve("inference_log.pending");
        byte[] left = completed(folder);
        file = new LogFile(folder, maxBytes, clock);
        if (left.length > 0) {
            file.append(left, left.length);
        }
        pending = newPending();
        writer.setDaemon(true);
        writer.start();
    }

    private @Nullable PendingLines newPending() {
        try {
            return PendingLines.create(
                    pendingPath, PENDING_BYTES, file.present().length());
        } catch (IOException e) {
            LogFile.warn(pendingPath + " cannot be made (" + e.getMessage()
                    + "); predictions go to the log one by one, which is slower");
            return null;
        }
    }

    /**
     * Completes the file when a kill has cut a write off.
     *
     * @return the lines of which nothing is in the file
     */
    private byte[] completed(Path folder) {
        try {
            PendingLines.Left left = PendingLines.leftIn(pendingPath);
            if (left == null) {
                return new byte[0];
            }
            Path active = folder.resolve(LogFile.ACTIVE);
            // The file was rotated perhaps, then the lines begin it.
            for (long from : new long[] {left.fileLength(), LogFile.headerLength()}) {
                int written = written(active, from, left.lines());
                if (written > 0) {
                    try (RandomAccessFile out = new RandomAccessFile(active.toFile(), "rw")) {
                        out.seek(out.length());
                        out.write(left.lines(), written, left.lines().length - written);
                    }
                    return new byte[0];
                }
            }
            return left.lines();
        } catch (IOException e) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    pendingPath + " cannot be brought to the log (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Bytes of the lines that are in the file from a position to its end; 0 when something else is there. */
    private static int written(Path path, long from, byte[] lines) throws IOException {
        if (!Files.isRegularFile(path)) {
            return 0;
        }
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            long there = in.length() - from;
            if (there <= 0 || there > lines.length) {
                return 0;
            }
            byte[] bytes = new byte[(int) there];
            in.seek(from);
            in.readFully(bytes);
            return Arrays.equals(bytes, 0, bytes.length, lines, 0, bytes.length) ? bytes.length : 0;
        }
    }

    /**
     * Appends a line.
     *
     * @throws ControlRoomException STORAGE_FAILED when it was not written; nothing of it is left in the file then
     */
    public void append(Prediction prediction) {
        int slot = (int) Thread.currentThread().getId() & KEPT_RECORDS - 1;
        PredictionRecord known = records.getAndSet(slot, null);
        PredictionRecord line = known == null ? new PredictionRecord() : known;
        line.set(prediction);
        append(line.buffer(), line.length());
        records.set(slot, line);
    }

    private void append(byte[] line, int length) {
        try {
            PendingLines queue = pending;
            if (queue == null || length > queue.longest()) {
                appendAtOnce(line, length);
                return;
            }
            if (blocked) {
                write();
            }
            int sum = PendingLines.sum(line, length);
            while (!queue.put(line, length, sum)) {
                if (pending == null) {
                    appendAtOnce(line, length);
                    return;
                }
                write();
            }
        } catch (InternalError e) {
            throw lost(e);
        }
        if (sleeping) {
            sleeping = false;
            LockSupport.unpark(writer);
        }
    }

    private void appendAtOnce(byte[] line, int length) {
        writing.lock();
        try {
            write();
            long now = file.append(line, length);
            PendingLines queue = pending;
            if (queue != null) {
                queue.mark(now);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Brings pending lines to the file, as many at a time as go into it before it is rotated. */
    private void write() {
        writing.lock();
        try {
            PendingLines queue = pending;
            if (queue == null) {
                return;
            }
            writeAll(queue);
            blocked = false;
        } catch (ControlRoomException e) {
            blocked = true;
            throw e;
        } finally {
            writing.unlock();
        }
    }

    private void writeAll(PendingLines queue) {
        queue.again();
        while (queue.next() > 0) {
            long room = Math.min(chunk.length, file.roomWith(queue.next()));
            int size = queue.take(chunk, 0);
            for (int next = queue.next(); next > 0 && size + next <= room; next = queue.next()) {
                size += queue.take(chunk, size);
            }
            queue.mark(file.append(chunk, size));
        }
    }

    /** The mapped file was cut by somebody: an access to what is gone fails in this way. */
    private ControlRoomException lost(InternalError e) {
        return new ControlRoomException(ErrorCode.STORAGE_FAILED, goOnWithoutPending(), e);
    }

    private String goOnWithoutPending() {
        pending = null;
        return pendingPath + " was changed by somebody, and what was in it is lost; going on without it";
    }

    private void checkPending() {
        if (pending != null && pendingPath.toFile().length() < PENDING_BYTES) {
            LogFile.warn(goOnWithoutPending());
        }
    }

    private void run() {
        while (!closed) {
            PendingLines queue = pending;
            if (queue == null) {
                return;
            }
            if (queue.isEmpty()) {
                sleeping = true;
                if (queue.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                sleeping = false;
            }
            LockSupport.parkNanos(this, blocked ? FAILED_NANOS : GATHER_NANOS);
            writeIfPossible();
        }
    }

    /** Where it is not possible, the next append says so to whoever asked. */
    private void writeIfPossible() {
        try {
            write();
        } catch (ControlRoomException e) {
            System.getLogger(InferenceLog.class.getName()).log(System.Logger.Level.DEBUG, "lines stay pending", e);
        } catch (InternalError e) {
            LogFile.warn(String.valueOf(lost(e).getMessage()));
        }
    }

    /**
     * Brings what was appended to the disk, and starts a new file when somebody has moved or deleted the present one.
     * Appends go on meanwhile.
     */
    public void sync() {
        checkPending();
        writeIfPossible();
        file.sync();
    }

    /** The file that is written now, as far as it is whole. */
    LogFile.Present present() {
        writeIfPossible();
        return file.present();
    }

    /** Rotated files, oldest first. */
    List<Path> rotated() {
        writeIfPossible();
        return file.rotated();
    }

    /** Writes what is pending; what cannot be written is written by the next one that is opened in this folder. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        checkPending();
        PendingLines queue = pending;
        try {
            writer.join(STOP_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            if (queue != null) {
                queue.close();
                write();
                pending = null;
                Files.deleteIfExists(pendingPath);
            }
        } catch (IOException e) {
            LogFile.warn(pendingPath + " cannot be deleted: " + e.getMessage());
        } finally {
            file.close();
        }
    }
}
