package org.controlroom.datasets;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes structures in Thrift's compact protocol, in which Parquet keeps its headers and its footer
 * (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md). Fields of a structure come in ascending order.
 */
final class ThriftCompact {

    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int LONG_LIST = 15;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    ThriftCompact i32(int field, int value) {
        header(field, I32);
        zigzag(value);
        return this;
    }

    ThriftCompact i64(int field, long value) {
        header(field, I64);
        zigzag(value);
        return this;
    }

    ThriftCompact text(int field, String value) {
        header(field, BINARY);
        bytes(value);
        return this;
    }

    ThriftCompact i32s(int field, int... values) {
        header(field, LIST);
        listHeader(values.length, I32);
        for (int value : values) {
            zigzag(value);
        }
        return this;
    }

    ThriftCompact texts(int field, String... values) {
        header(field, LIST);
        listHeader(values.length, BINARY);
        for (String value : values) {
            bytes(value);
        }
        return this;
    }

    /** Each element is then written between {@link #element} and {@link #end}. */
    ThriftCompact structs(int field, int size) {
        header(field, LIST);
        listHeader(size, STRUCT);
        return this;
    }

    /** Begins a structure as a field. */
    ThriftCompact struct(int field) {
        header(field, STRUCT);
        return element();
    }

    /** Begins a structure as an element of a list. */
    ThriftCompact element() {
        outer.push(last);
        last = 0;
        return this;
    }

    /** Ends the structure begun last. */
    ThriftCompact end() {
        out.write(0);
        last = outer.pop();
        return this;
    }

    /** Ends the outermost structure. */
    byte[] toBytes() {
        out.write(0);
        return out.toByteArray();
    }

    private void header(int field, int type) {
        int step = field - last;
        if (step < 1 || step > 15) {
            throw new IllegalStateException("field " + field + " after " + last + "; must be 1..15 above it");
        }
        out.write((step << 4) | type);
        last = field;
    }

    private void listHeader(int size, int type) {
        if (size < LONG_LIST) {
            out.write((size << 4) | type);
        } else {
            out.write((LONG_LIST << 4) | type);
            varint(size);
        }
    }

    private void bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    private void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    private void varint(long value) {
        for (long rest = value; ; rest >>>= 7) {
            if ((rest & ~0x7fL) == 0) {
                out.write((int) rest);
                return;
            }
            out.write((int) ((rest & 0x7f) | 0x80));
        }
    }
}
