package org.controlroom.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Moves lines of the inference log to the table, each exactly once: the position in the file changes in the transaction
 * that adds the rows. A file is known by its first line, so a rotation, a restart or a copy back changes nothing. Works in
 * a thread of its own that rests 19 times as long as it works while predictions arrive, because serving comes first,
 * and catches up when they cease; also brings the log to the disk once a second.
 */
public final class PredictionIngest implements AutoCloseable {

    private static final int BATCH_LINES = 2_000;
    private static final int BATCH_BYTES = 4 << 20;
    /** Rests as multiples of the work before them: a 20th of a processor at most while serving, half of one after. */
    private static final int REST_WHILE_SERVING = 19;

    private static final int REST_WHILE_QUIET = 1;
    private static final long IDLE_MS = 1_000;
    private static final long FAILED_MS = 5_000;

    private final InferenceLog log;
    private final PredictionTable table;
    private final int keepRotated;
    private final InstantSource clock;

    // Changed by the ingesting thread only, or by the caller of ingest() while there is none; read by backlogBytes().
    private final Map<String, Long> offsets = new ConcurrentHashMap<>();
    private final Set<Path> finished = ConcurrentHashMap.newKeySet();

    /** Identities of rotated files, whose names stay. */
    private final Map<Path, String> rotatedIds = new ConcurrentHashMap<>();

    /** Identity of the file that is written now. */
    private volatile @Nullable PresentId presentId;

    private byte[] buffer = new byte[BATCH_BYTES];

    private final Object monitor = new Object();
    private boolean stopped; // guarded by monitor
    private @Nullable Thread thread; // guarded by monitor

    /** @param keepRotated rotated files that are kept after they were moved to the table; older ones are deleted */
    public PredictionIngest(InferenceLog log, Database database, int keepRotated, InstantSource clock) {
        this.log = log;
        this.table = new PredictionTable(database);
        this.keepRotated = keepRotated;
        this.clock = clock;
    }

    /** Starts the thread. */
    @SuppressWarnings("ThreadPriorityCheck") // a wish; the rests between batches are what serving relies on
    public void start() {
        synchronized (monitor) {
            if (thread != null) {
                throw new IllegalStateException("started before");
            }
            Thread started = new Thread(this::run, "prediction-ingest");
            started.setDaemon(true);
            started.setPriority(Thread.MIN_PRIORITY);
            thread = started;
            started.start();
        }
    }

    private void run() {
        LogFile.Present before = log.present();
        while (true) {
            long begin = System.nanoTime();
            long restMs = IDLE_MS;
            try {
                log.sync();
                LogFile.Present present = log.present();
                boolean serving = !present.equals(before);
                before = present;
                if (ingest() > 0) {
                    long workedMs = (System.nanoTime() - begin) / 1_000_000;
                    restMs = Math.max(1, workedMs * (serving ? REST_WHILE_SERVING : REST_WHILE_QUIET));
                }
            } catch (ControlRoomException e) {
                System.getLogger(PredictionIngest.class.getName())
                        .log(System.Logger.Level.WARNING, "predictions stay in the log for now: " + e.getMessage());
                restMs = FAILED_MS;
            } catch (RuntimeException e) {
                System.getLogger(PredictionIngest.class.getName())
                        .log(System.Logger.Level.ERROR, "moving predictions to the database failed", e);
                restMs = FAILED_MS;
            }
            synchronized (monitor) {
                long end = System.nanoTime() + restMs * 1_000_000;
                for (long left = restMs; !stopped && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                    try {
                        monitor.wait(left);
                    } catch (InterruptedException e) {
                        stopped = true;
                    }
                }
                if (stopped) {
                    return;
                }
            }
        }
    }

    /**
     * Moves one batch. Not to be called while the thread runs.
     *
     * @return lines moved; 0 when all are in the table
     */
    public int ingest() {
        for (Path file : log.rotated()) {
            if (!finished.contains(file)) {
                int moved = ingest(file, sizeOf(file), null);
                if (moved > 0) {
                    return moved;
                }
                finished.add(file);
            }
        }
        deleteOld();
        LogFile.Present present = log.present();
        return ingest(present.path(), present.length(), present);
    }

    /**
     * Bytes of the log that are not in the table yet. Asks no database: in the first moments after a start, what an
     * earlier process moved counts as not moved. To be called from any thread.
     *
     * @throws ControlRoomException STORAGE_FAILED when the log cannot be read
     */
    public long backlogBytes() {
        long bytes = 0;
        for (Path file : log.rotated()) {
            if (!finished.contains(file)) {
                String id = rotatedIds.get(file);
                if (id == null) {
                    id = identity(file, sizeOf(file));
                    if (id != null) {
                        rotatedIds.put(file, id);
                    }
                }
                bytes += backlogBytes(id, sizeOf(file));
            }
        }
        LogFile.Present present = log.present();
        return bytes + backlogBytes(presentId(present), present.length());
    }

    private @Nullable String presentId(LogFile.Present present) {
        PresentId known = presentId;
        if (known != null && known.generation() == present.generation()) {
            return known.id();
        }
        String id = identity(present.path(), present.length());
        // Rotated meanwhile, the name may have led to the next file.
        if (id != null && log.present().generation() == present.generation()) {
            presentId = new PresentId(present.generation(), id);
        }
        return id;
    }

    private long backlogBytes(@Nullable String id, long length) {
        return id == null ? 0 : Math.max(0, length - offsets.getOrDefault(id, (long) LogFile.headerLength()));
    }

    private @Nullable String identity(Path path, long length) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            return identity(file, Math.min(length, file.length()));
        } catch (FileNotFoundException e) {
            // Rotated or deleted as old this moment.
            return null;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static ControlRoomException unreadable(Path path, IOException e) {
        return new ControlRoomException(ErrorCode.STORAGE_FAILED, path + " cannot be read (" + e.getMessage() + ")", e);
    }

    private int ingest(Path path, long length, LogFile.@Nullable Present present) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (present != null && log.present().generation() != present.generation()) {
                // Rotated between the two lines above: the opened file may be another one than was measured.
                return 0;
            }
            String id = identity(file, length);
            if (id == null) {
                return 0;
            }
            long from = offsets.computeIfAbsent(id, table::offset);
            int count = whole(file, from, length);
            if (count == 0) {
                return 0;
            }
            List<LoggedPrediction> rows = LogLines.read(buffer, count);
            if (!table.add(id, from, from + count, rows, clock.instant())) {
                offsets.remove(id);
                return 1;
            }
            offsets.put(id, from + count);
            return Math.max(1, rows.size());
        } catch (FileNotFoundException e) {
            if (present == null && Files.notExists(path)) {
                // Another ingest had moved all of it and deleted it as old.
                return 0;
            }
            throw unreadable(path, e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Reads whole lines from a position into the buffer. @return their bytes */
    private int whole(RandomAccessFile file, long from, long length) throws IOException {
        while (true) {
            int wanted = (int) Math.min(buffer.length, length - from);
            if (wanted <= 0) {
                return 0;
            }
            file.seek(from);
            file.readFully(buffer, 0, wanted);
            int whole = LogLines.wholeLength(buffer, wanted, BATCH_LINES);
            if (whole > 0 || wanted < buffer.length) {
                return whole;
            }
            buffer = new byte[Math.multiplyExact(buffer.length, 2)];
        }
    }

    /** SHA-256 of the first line, which holds an id that no other file has; null while there is none. */
    private @Nullable String identity(RandomAccessFile file, long length) throws IOException {
        int start = LogFile.headerLength();
        for (int size = 1 << 12; ; size = Math.multiplyExact(size, 8)) {
            byte[] bytes = new byte[(int) Math.min(size, Math.max(0, length - start))];
            file.seek(start);
            file.readFully(bytes);
            int line = LogLines.wholeLength(bytes, bytes.length, 1);
            if (line > 0) {
                return HexFormat.of().formatHex(sha256(Arrays.copyOf(bytes, line)));
            }
            if (bytes.length < size) {
                return null;
            }
        }
    }

    private void deleteOld() {
        List<Path> rotated = log.rotated();
        finished.retainAll(new HashSet<>(rotated));
        rotatedIds.keySet().retainAll(new HashSet<>(rotated));
        for (Path file : rotated.subList(0, Math.max(0, rotated.size() - keepRotated))) {
            if (finished.contains(file)) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    System.getLogger(PredictionIngest.class.getName())
                            .log(System.Logger.Level.WARNING, file + " cannot be deleted", e);
                }
            }
        }
    }

    private static long sizeOf(Path file) {
        return file.toFile().length();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Stops the thread after the batch in hand. It is not interrupted, because that would break an H2 file. */
    @Override
    public void close() {
        Thread stopping;
        synchronized (monitor) {
            stopped = true;
            monitor.notifyAll();
            stopping = thread;
        }
        if (stopping != null) {
            try {
                stopping.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record PresentId(long generation, String id) {}
}
