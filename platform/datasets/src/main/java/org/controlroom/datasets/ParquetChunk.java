package org.controlroom.datasets;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One column of a row group while it is read: what {@link ParquetColumn} gathered, page by page. Not thread-safe. */
final class ParquetChunk {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final byte[] bytes;
    private int at;
    private ByteBuffer values = NOTHING;
    private int rowsLeft;

    /** Of an optional column: the levels of the page, as far as they are not used up. */
    private ByteBuffer levels = NOTHING;

    private boolean optional;
    private int runLeft;
    private boolean runPresent;

    ParquetChunk(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Where the value of the next row begins; of a column in which every row has one. */
    ByteBuffer next() throws IOException {
        nextRow(false);
        return values;
    }

    /** Whether the next row has a value, which then begins in {@link #values()}; of an optional column. */
    boolean nextIsThere() throws IOException {
        nextRow(true);
        if (runLeft == 0) {
            try {
                runLeft = varint(levels);
                if ((runLeft & 1) != 0) {
                    throw new IOException("levels are packed as bits; must be runs");
                }
                runLeft >>>= 1;
                runPresent = levels.get() != 0;
            } catch (BufferUnderflowException e) {
                throw new IOException("a page has fewer levels than rows", e);
            }
        }
        runLeft--;
        return runPresent;
    }

    ByteBuffer values() {
        return values;
    }

    private void nextRow(boolean ofOptional) throws IOException {
        optional = ofOptional;
        while (rowsLeft == 0) {
            page();
        }
        rowsLeft--;
    }

    private void page() throws IOException {
        ThriftStruct header = ThriftStruct.read(bytes, at);
        ThriftStruct data = header.struct(5);
        long plainSize = header.number(2);
        long size = header.number(3);
        if (header.number(1) != 0 || data.number(2) != ParquetColumn.PLAIN) {
            throw new IOException("a page of another kind or encoding");
        }
        if (size < 0 || size > bytes.length - header.end) {
            throw new IOException("a page of " + size + " bytes");
        }
        byte[] plain = SnappyBlock.decompress(bytes, header.end, (int) size);
        if (plain.length != plainSize) {
            throw new IOException("a page of " + plain.length + " bytes; must be " + plainSize);
        }
        at = header.end + (int) size;
        rowsLeft = (int) data.number(1);
        values = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        runLeft = 0;
        if (optional) {
            int length = values.getInt();
            levels = values.slice(values.position(), length);
            values.position(values.position() + length);
        }
    }

    private static int varint(ByteBuffer in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than five bytes");
    }
}
