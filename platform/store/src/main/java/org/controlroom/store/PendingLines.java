package org.controlroom.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to a file, in a small file that is mapped into memory and used round and round. What was put is with
 * the operating system at once, without a call to it, so a kill of the process loses none. Any number of threads puts, one
 * at a time takes.
 *
 * <p>A record is 8 bytes, length and check sum, and the line, in multiples of 8 bytes. The check sum covers the position
 * in the endless stream of records, so that a record of an earlier round is none. Two marks in the first page, written
 * in turn, say up to where the stream is in the file, and how long the file was then.
 */
final class PendingLines {

    /** "CRPL" and the version of the format. */
    private static final long MAGIC = 0x4352504c_00000001L;

    private static final int PAGE = 4096;
    private static final int[] MARKS = {64, 128};
    private static final int HEAD = 8;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MappedByteBuffer map;
    private final int capacity;
    private final ReentrantLock putting = new ReentrantLock();

    /** Written under {@code putting}. */
    private volatile long end;

    /** Guarded by {@code putting}. */
    private boolean closed;

    /** Written by the one that takes. */
    private volatile long start;

    // Of the one that takes.
    private long marks;
    private long taken;

    private PendingLines(MappedByteBuffer map, int capacity) {
        this.map = map;
        this.capacity = capacity;
    }

    /**
     * Makes the file anew; {@link #leftIn} tells what was in it.
     *
     * @param capacity bytes, a power of two
     * @param fileLength of the file the lines go to
     * @throws IOException when there is no room for it; nothing is left of it then
     */
    static PendingLines create(Path path, int capacity, long fileLength) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            // Every block is written: writing to a mapped hole on a full disk would be an error of the whole process.
            file.setLength(0);
            byte[] zeros = new byte[1 << 16];
            for (int written = 0; written < PAGE + capacity; written += zeros.length) {
                file.write(zeros, 0, Math.min(zeros.length, PAGE + capacity - written));
            }
            MappedByteBuffer map = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, PAGE + (long) capacity);
            map.order(ByteOrder.LITTLE_ENDIAN);
            PendingLines lines = new PendingLines(map, capacity);
            lines.mark(fileLength);
            LONGS.setRelease(map, 0, MAGIC);
            return lines;
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Bytes of the longest line that fits. */
    int longest() {
        return capacity / 4;
    }

    /** Whether all lines that were put have been taken and marked as written. */
    boolean isEmpty() {
        return start == end;
    }

    /**
     * Adds a line.
     *
     * @param length at most {@link #longest()}
     * @param sum {@link #sum} of it
     * @return false when there is no room until some are taken and marked, or this is closed
     */
    boolean put(byte[] line, int length, int sum) {
        int size = size(length);
        putting.lock();
        try {
            long at = end;
            if (closed || at + size - start > capacity) {
                return false;
            }
            copyIn(at + HEAD, line, length);
            // After the bytes: without its head the record is none.
            LONGS.setRelease(map, index(at), head(at, length, sum));
            end = at + size;
            return true;
        } finally {
            putting.unlock();
        }
    }

    /** Nothing more can be put when this returns. */
    void close() {
        putting.lock();
        try {
            closed = true;
        } finally {
            putting.unlock();
        }
    }

    /** The part of a record's check that does not depend on its place. */
    static int sum(byte[] line, int length) {
        CRC32C sum = new CRC32C();
        sum.update(line, 0, length);
        return (int) sum.getValue();
    }

    private static int size(int length) {
        return HEAD + (length + HEAD - 1) / HEAD * HEAD;
    }

    private static long head(long position, int length, int sum) {
        long place = ((position / HEAD + 1) * 0x9e3779b97f4a7c15L) >>> 32;
        return (long) length << 32 | ((sum ^ place) & 0xffff_ffffL);
    }

    private int index(long position) {
        return PAGE + (int) (position & (capacity - 1));
    }

    private void copyIn(long position, byte[] line, int length) {
        int at = index(position);
        int first = Math.min(length, PAGE + capacity - at);
        map.put(at, line, 0, first);
        map.put(PAGE, line, first, length - first);
    }

    private void copyOut(long position, byte[] out, int offset, int length) {
        int at = index(position);
        int first = Math.min(length, PAGE + capacity - at);
        map.get(at, out, offset, first);
        map.get(PAGE, out, offset + first, length - first);
    }

    /** Bytes of the next line behind those that were taken; 0 when there is none. */
    int next() {
        return taken == end ? 0 : (int) ((long) LONGS.getAcquire(map, index(taken)) >>> 32);
    }

    /**
     * Takes the next line; there must be one.
     *
     * @param out has room for it from {@code offset} on
     * @return its bytes
     */
    int take(byte[] out, int offset) {
        int length = next();
        copyOut(taken + HEAD, out, offset, length);
        taken += size(length);
        return length;
    }

    /** Forgets what was taken since the last mark; it will be taken again. */
    void again() {
        taken = start;
    }

    /**
     * Says that all lines taken so far are in the file.
     *
     * @param fileLength bytes of the file now
     */
    void mark(long fileLength) {
        long number = ++marks;
        int at = MARKS[(int) (number & 1)];
        map.putLong(at, taken);
        map.putLong(at + 8, fileLength);
        map.putLong(at + 16, number);
        LONGS.setRelease(map, at + 24, markSum(taken, fileLength, number));
        start = taken;
    }

    private static long markSum(long position, long fileLength, long number) {
        long sum = MAGIC;
        for (long part : new long[] {position, fileLength, number}) {
            sum = (sum ^ part) * 0x9e3779b97f4a7c15L;
            sum ^= sum >>> 29;
        }
        return sum;
    }

    /**
     * What a killed process has left.
     *
     * @param lines those that may not be in the file, one after the other
     * @param fileLength of the file when all lines before these were in it
     */
    record Left(byte[] lines, long fileLength) {}

    /** What is in the file of a process that was killed; null when nothing of use is. */
    static @Nullable Left leftIn(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(path);
        int capacity = bytes.length - PAGE;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (capacity < PAGE || Integer.bitCount(capacity) != 1 || buffer.getLong(0) != MAGIC) {
            return null;
        }
        int newest = -1;
        for (int at : MARKS) {
            boolean whole = buffer.getLong(at + 24)
                    == markSum(buffer.getLong(at), buffer.getLong(at + 8), buffer.getLong(at + 16));
            if (whole && (newest < 0 || buffer.getLong(at + 16) > buffer.getLong(newest + 16))) {
                newest = at;
            }
        }
        if (newest < 0) {
            return null;
        }
        return new Left(lines(buffer, capacity, buffer.getLong(newest)), buffer.getLong(newest + 8));
    }

    private static byte[] lines(ByteBuffer buffer, int capacity, long from) {
        byte[] lines = new byte[capacity];
        int size = 0;
        byte[] line = new byte[capacity];
        for (long at = from; at - from + HEAD <= capacity; ) {
            int place = PAGE + (int) (at & (capacity - 1));
            long head = buffer.getLong(place);
            int length = (int) (head >>> 32);
            if (length < 1 || at - from + size(length) > capacity) {
                break;
            }
            for (int i = 0; i < length; i++) {
                line[i] = buffer.get(PAGE + (int) ((at + HEAD + i) & (capacity - 1)));
            }
            if (head != head(at, length, sum(line, length))) {
                break;
            }
            System.arraycopy(line, 0, lines, size, length);
            size += length;
            at += size(length);
        }
        return Arrays.copyOf(lines, size);
    }
}
