package org.controlroom.datasets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A structure of Thrift's compact protocol, read back: what {@link ThriftCompact} writes, and whatever else stands in the
 * headers and footers of Parquet, of which nobody asks. Immutable.
 */
final class ThriftStruct {

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int STRUCT = 12;
    private static final int LONG_LIST = 15;

    /** Structures stand in structures four deep in Parquet. */
    private static final int DEEPEST = 16;

    private final Map<Integer, Object> fields;

    /** Where the bytes after it begin. */
    final int end;

    private ThriftStruct(Map<Integer, Object> fields, int end) {
        this.fields = fields;
        this.end = end;
    }

    /** @throws IOException when the bytes are no such structure */
    static ThriftStruct read(byte[] bytes, int from) throws IOException {
        try {
            return new In(bytes, from).struct(0);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("ends in the middle of a header", e);
        }
    }

    long number(int field) throws IOException {
        if (fields.get(field) instanceof Long number) {
            return number;
        }
        throw missing(field);
    }

    String text(int field) throws IOException {
        if (fields.get(field) instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw missing(field);
    }

    ThriftStruct struct(int field) throws IOException {
        if (fields.get(field) instanceof ThriftStruct struct) {
            return struct;
        }
        throw missing(field);
    }

    List<ThriftStruct> structs(int field) throws IOException {
        List<ThriftStruct> structs = new ArrayList<>();
        for (Object element : list(field)) {
            if (!(element instanceof ThriftStruct struct)) {
                throw missing(field);
            }
            structs.add(struct);
        }
        return structs;
    }

    List<String> texts(int field) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object element : list(field)) {
            if (!(element instanceof byte[] bytes)) {
                throw missing(field);
            }
            texts.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private List<?> list(int field) throws IOException {
        if (fields.get(field) instanceof List<?> list) {
            return list;
        }
        throw missing(field);
    }

    private static IOException missing(int field) {
        return new IOException("a header has no such field " + field);
    }

    private static final class In {
        private final byte[] bytes;
        private int at;

        In(byte[] bytes, int from) {
            this.bytes = bytes;
            at = from;
        }

        ThriftStruct struct(int depth) throws IOException {
            if (depth > DEEPEST) {
                throw new IOException("structures stand in each other more than " + DEEPEST + " deep");
            }
            Map<Integer, Object> fields = new TreeMap<>();
            int last = 0;
            for (int head = bytes[at++]; head != 0; head = bytes[at++]) {
                int step = (head & 0xff) >>> 4;
                last = step == 0 ? (int) zigzag() : last + step;
                int type = head & 0xf;
                fields.put(last, type == TRUE || type == FALSE ? Boolean.valueOf(type == TRUE) : value(type, depth));
            }
            return new ThriftStruct(fields, at);
        }

        private Object value(int type, int depth) throws IOException {
            return switch (type) {
                case TRUE, FALSE, BYTE -> (long) bytes[at++];
                case I16, I32, I64 -> zigzag();
                case DOUBLE -> skip(Double.BYTES);
                case BINARY -> skip((int) varint());
                case LIST, SET -> list(depth);
                case STRUCT -> struct(depth + 1);
                default -> throw new IOException("a header has a field of type " + type);
            };
        }

        private List<Object> list(int depth) throws IOException {
            int head = bytes[at++] & 0xff;
            long size = head >>> 4 == LONG_LIST ? varint() : head >>> 4;
            if (size < 0 || size > bytes.length - at) {
                throw new IOException("a list of " + size + " elements in a header");
            }
            List<Object> list = new ArrayList<>();
            for (long i = 0; i < size; i++) {
                list.add(value(head & 0xf, depth));
            }
            return list;
        }

        private byte[] skip(int length) throws IOException {
            if (length < 0 || length > bytes.length - at) {
                throw new IOException("a text of " + length + " bytes in a header");
            }
            at += length;
            return java.util.Arrays.copyOfRange(bytes, at - length, at);
        }

        private long zigzag() throws IOException {
            long value = varint();
            return (value >>> 1) ^ -(value & 1);
        }

        private long varint() throws IOException {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte next = bytes[at++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IOException("a number of more than ten bytes in a header");
        }
    }
}
