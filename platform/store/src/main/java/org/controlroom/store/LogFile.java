package org.controlroom.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code inference_log.csv} and its rotated predecessors, which hold whole lines only. What was appended is with
 * the operating system; {@link #sync} brings it to the disk. Thread-safe; there must be one for each folder.
 */
final class LogFile implements AutoCloseable {

    private static final String NAME = "inference_log";

    /** Name of the file that is written now. */
    static final String ACTIVE = NAME + ".csv";

    private static final byte[] HEADER = (PredictionRecord.HEADER + "\n").getBytes(StandardCharsets.UTF_8);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern(
                    "yyyyMMdd'T'HHmmss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Path active;
    private final long maxBytes;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    // All below guarded by lock.
    private final List<RandomAccessFile> retired = new ArrayList<>();

    private @Nullable RandomAccessFile file;
    private @Nullable Object fileKey;
    private long length;
    private long syncedLength;
    private long generation;

    /** Length to cut the file with this key back to, because a failed write may have left something; -1 for none. */
    private long cutTo = -1;

    /**
     * Opens the log; a line torn by a crash is moved aside, so that the file can be parsed.
     *
     * @param maxBytes size above which the file is rotated
     * @throws ControlRoomException STORAGE_FAILED
     */
    LogFile(Path folder, long maxBytes, InstantSource clock) {
        this.folder = folder;
        this.active = folder.resolve(ACTIVE);
        this.maxBytes = maxBytes;
        this.clock = clock;
        lock.lock();
        try {
            Files.createDirectories(folder);
            open();
        } catch (IOException e) {
            throw failed("cannot be opened", e);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that go into one file together with a line: into this one, or into the next where this has no room. */
    long roomWith(int line) {
        lock.lock();
        try {
            boolean next = length + line > maxBytes && length > HEADER.length;
            return maxBytes - (next ? HEADER.length : length);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends whole lines, all to one file.
     *
     * @return length of the file afterwards
     * @throws ControlRoomException STORAGE_FAILED when they were not written; nothing of them is left in the file then
     */
    long append(byte[] lines, int count) {
        lock.lock();
        try {
            if (file == null) {
                open();
            } else if (length + count > maxBytes && length > HEADER.length) {
                rotate();
            }
            write(lines, count);
            return length;
        } catch (IOException e) {
            throw failed("cannot be written", e);
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] bytes, int count) throws IOException {
        // Not a FileChannel: an interrupt of the calling thread would close it for all.
        RandomAccessFile out = Objects.requireNonNull(file);
        try {
            out.write(bytes, 0, count);
            length += count;
        } catch (IOException e) {
            undo(out);
            throw e;
        }
    }

    /** Cuts away what a failed write has left; if that fails too, the next append opens and checks the file anew. */
    private void undo(RandomAccessFile out) {
        try {
            out.setLength(length);
            out.seek(length);
        } catch (IOException e) {
            cutTo = length;
            closeQuietly();
        }
    }

    private void rotate() throws IOException {
        Files.move(active, unused(NAME + "-", ".csv"));
        if (file != null) {
            // Brought to the disk by the next sync: appends must not wait for that.
            retired.add(file);
            file = null;
        }
        open();
    }

    private void open() throws IOException {
        generation++;
        cutBack();
        long good = goodLength();
        RandomAccessFile opened = new RandomAccessFile(active.toFile(), "rw");
        try {
            if (opened.length() > good) {
                keepTorn(opened, good);
                opened.setLength(good);
            }
            opened.seek(good);
            file = opened;
            length = good;
            syncedLength = 0;
            fileKey = key();
            if (good == 0) {
                write(HEADER, HEADER.length);
            }
        } catch (IOException e) {
            closeQuietly();
            opened.close();
            throw e;
        }
    }

    /** What a failed write has left may hold whole lines that are written again. */
    private void cutBack() throws IOException {
        if (cutTo >= 0 && stillThere()) {
            try (RandomAccessFile cut = new RandomAccessFile(active.toFile(), "rw")) {
                cut.setLength(Math.min(cut.length(), cutTo));
            }
        }
        cutTo = -1;
    }

    /** Bytes up to the end of the last whole line; a file that is not ours is moved away first. */
    private long goodLength() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(active), 1 << 16)) {
            byte[] start = in.readNBytes(HEADER.length);
            if (start.length < HEADER.length && Arrays.equals(start, Arrays.copyOf(HEADER, start.length))) {
                return 0;
            }
            if (Arrays.equals(start, HEADER)) {
                return HEADER.length + LogLines.wholeLength(in);
            }
        } catch (NoSuchFileException e) {
            return 0;
        }
        Path aside = unused(NAME + ".unknown-", ".csv");
        Files.move(active, aside);
        warn(active + " does not start with '" + PredictionRecord.HEADER + "'; it was moved to " + aside);
        return 0;
    }

    private void keepTorn(RandomAccessFile from, long good) throws IOException {
        byte[] torn = new byte[(int) Math.min(from.length() - good, 1 << 20)];
        from.seek(good);
        from.readFully(torn);
        Path aside = unused(NAME + ".torn-", ".txt");
        Files.write(aside, torn);
        warn(active + " ended in a torn line of " + (from.length() - good) + " bytes; it was moved to " + aside);
    }

    private Path unused(String before, String after) {
        String stamp = STAMP.format(clock.instant());
        Path path = folder.resolve(before + stamp + after);
        for (int number = 2; Files.exists(path); number++) {
            path = folder.resolve(before + stamp + "-" + number + after);
        }
        return path;
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(active, BasicFileAttributes.class).fileKey();
    }

    /**
     * Brings what was appended to the disk, and starts a new file when somebody has moved or deleted the present one.
     * Appends go on meanwhile.
     */
    void sync() {
        List<RandomAccessFile> closing;
        RandomAccessFile out;
        long upTo;
        lock.lock();
        try {
            if (file != null && !stillThere()) {
                warn(active + " was moved or deleted by somebody; going on in a new file");
                retired.add(file);
                file = null;
                open();
            }
            closing = List.copyOf(retired);
            retired.clear();
            out = length > syncedLength ? file : null;
            upTo = length;
        } catch (IOException e) {
            throw failed("cannot be opened again", e);
        } finally {
            lock.unlock();
        }
        for (RandomAccessFile old : closing) {
            try (old) {
                old.getFD().sync();
            } catch (IOException e) {
                throw failed("was rotated, and the old file cannot be brought to the disk", e);
            }
        }
        if (out != null) {
            sync(out, upTo);
        }
    }

    private void sync(RandomAccessFile out, long upTo) {
        try {
            out.getFD().sync();
        } catch (IOException e) {
            if (isCurrent(out)) {
                throw failed("cannot be brought to the disk", e);
            }
            return;
        }
        lock.lock();
        try {
            if (out.equals(file)) {
                syncedLength = Math.max(syncedLength, upTo);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isCurrent(RandomAccessFile out) {
        lock.lock();
        try {
            return out.equals(file);
        } finally {
            lock.unlock();
        }
    }

    private boolean stillThere() throws IOException {
        try {
            return Objects.equals(fileKey, key());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The file that is written now, as far as it is whole. */
    Present present() {
        lock.lock();
        try {
            return new Present(generation, active, length);
        } finally {
            lock.unlock();
        }
    }

    /** Rotated files, oldest first. */
    List<Path> rotated() {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.startsWith(NAME + "-") && name.endsWith(".csv");
                    })
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw failed("cannot be listed", e);
        }
    }

    static int headerLength() {
        return HEADER.length;
    }

    private void closeQuietly() {
        RandomAccessFile closing = file;
        file = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                System.getLogger(LogFile.class.getName()).log(System.Logger.Level.DEBUG, "close", e);
            }
        }
    }

    static void warn(String message) {
        System.getLogger(LogFile.class.getName()).log(System.Logger.Level.WARNING, message);
    }

    private ControlRoomException failed(String what, IOException cause) {
        return new ControlRoomException(
                ErrorCode.STORAGE_FAILED,
                "prediction log " + active + " " + what + " (" + cause.getMessage()
                        + "); free space or make the folder writable",
                cause);
    }

    @Override
    public void close() {
        try {
            sync();
        } finally {
            lock.lock();
            try {
                closeQuietly();
            } finally {
                lock.unlock();
            }
        }
    }

    /** @param generation changes whenever another file takes the name */
    record Present(long generation, Path path, long length) {}
}
