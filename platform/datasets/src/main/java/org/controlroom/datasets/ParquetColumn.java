package org.controlroom.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One column of a row group while it is gathered: pages of plain values, compressed by Snappy. Numbers are little-endian,
 * texts have their length before them; an optional column says by run lengths which rows have a value.
 */
final class ParquetColumn {

    /** Physical types of the format. */
    enum PhysicalType {
        INT32(1),
        INT64(2),
        DOUBLE(5),
        TEXT(6);

        final int code;

        PhysicalType(int code) {
            this.code = code;
        }
    }

    static final int PLAIN = 0;
    static final int RLE = 3;
    static final int SNAPPY = 1;

    private static final int PAGE_BYTES = 1 << 20;

    /** So that the pages of columns of numbers end, too. */
    private static final int PAGE_ROWS = 20_000;

    final String name;
    final PhysicalType type;
    final boolean optional;

    private final List<byte[]> pages = new ArrayList<>();
    private final Bytes values = new Bytes();
    private final Bytes levels = new Bytes();
    private int rows;
    private int run;
    private boolean runPresent;

    private long chunkRows;
    private long plainBytes;
    private long writtenBytes;

    ParquetColumn(String name, PhysicalType type, boolean optional) {
        this.name = name;
        this.type = type;
        this.optional = optional;
    }

    void add(int value) {
        present(true);
        values.int32(value);
        endRow();
    }

    void add(long value) {
        present(true);
        values.int64(value);
        endRow();
    }

    void add(double value) {
        add(Double.doubleToLongBits(value));
    }

    void add(String value) {
        present(true);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        values.int32(bytes.length);
        values.writeBytes(bytes);
        endRow();
    }

    void addNull() {
        present(false);
        endRow();
    }

    private void present(boolean present) {
        if (!optional) {
            return;
        }
        if (run > 0 && present != runPresent) {
            endRun();
        }
        runPresent = present;
        run++;
    }

    /** A run of the RLE hybrid: its length shifted by one, then the level in one byte. */
    private void endRun() {
        levels.varint(run << 1);
        levels.write(runPresent ? 1 : 0);
        run = 0;
    }

    private void endRow() {
        rows++;
        if (values.size() >= PAGE_BYTES || rows >= PAGE_ROWS) {
            endPage();
        }
    }

    private void endPage() {
        if (rows == 0) {
            return;
        }
        Bytes plain = new Bytes();
        if (optional) {
            endRun();
            plain.int32(levels.size());
            plain.writeBytes(levels.toByteArray());
            levels.reset();
        }
        plain.writeBytes(values.toByteArray());
        values.reset();
        byte[] compressed = Snappy.compress(plain.toByteArray());
        byte[] header = new ThriftCompact()
                .i32(1, 0)
                .i32(2, plain.size())
                .i32(3, compressed.length)
                .struct(5)
                .i32(1, rows)
                .i32(2, PLAIN)
                .i32(3, RLE)
                .i32(4, RLE)
                .end()
                .toBytes();
        pages.add(header);
        pages.add(compressed);
        plainBytes += header.length + plain.size();
        writtenBytes += header.length + compressed.length;
        chunkRows += rows;
        rows = 0;
    }

    /** Bytes that wait here. */
    long waiting() {
        return writtenBytes + values.size();
    }

    /** Writes the chunk of a row group and begins the next. */
    Chunk writeTo(OutputStream out, long offset) throws IOException {
        endPage();
        for (byte[] page : pages) {
            out.write(page);
        }
        Chunk chunk = new Chunk(this, offset, chunkRows, plainBytes, writtenBytes);
        pages.clear();
        chunkRows = 0;
        plainBytes = 0;
        writtenBytes = 0;
        return chunk;
    }

    /** Where a column of a row group stands in the file. */
    record Chunk(ParquetColumn column, long offset, long rows, long plainBytes, long writtenBytes) {}

    /** Bytes with numbers in the format's order. */
    private static final class Bytes extends ByteArrayOutputStream {

        void int32(int value) {
            write(value);
            write(value >>> 8);
            write(value >>> 16);
            write(value >>> 24);
        }

        void int64(long value) {
            int32((int) value);
            int32((int) (value >>> 32));
        }

        void varint(int value) {
            int rest = value;
            while ((rest & ~0x7f) != 0) {
                write((rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            write(rest);
        }
    }
}
