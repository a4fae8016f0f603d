package org.controlroom.api.predict;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that almost every request is: texts {@code designation} and {@code description}, each once at most, and
 * nothing else. Read straight from the bytes, because a general parser costs a request three times as much. Whatever is
 * unusual, a mistake above all, is left to the general parser, which also words the errors. Not thread-safe.
 */
final class PlainObject {

    private static final byte[] DESIGNATION = "designation".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DESCRIPTION = "description".getBytes(StandardCharsets.US_ASCII);

    /** Eight bytes at once. */
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = EACH << 7;

    private final byte[] body;
    private final int length;
    private int at;
    private char[] chars = {};

    @Nullable String designation;

    @Nullable String description;

    PlainObject(byte[] body, int length) {
        this.body = body;
        this.length = length;
    }

    /** Whether the body is such an object; the fields are set then. */
    boolean read() {
        skipSpace();
        if (!take('{')) {
            return false;
        }
        do {
            skipSpace();
            boolean first = takeName(DESIGNATION);
            if (!first && !takeName(DESCRIPTION)) {
                return false;
            }
            skipSpace();
            if (!take(':')) {
                return false;
            }
            skipSpace();
            String text = text();
            if (text == null || (first ? designation : description) != null) {
                return false;
            }
            if (first) {
                designation = text;
            } else {
                description = text;
            }
            skipSpace();
        } while (take(','));
        if (!take('}')) {
            return false;
        }
        skipSpace();
        return at == length;
    }

    private void skipSpace() {
        while (at < length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
    }

    private boolean take(char expected) {
        boolean there = at < length && body[at] == expected;
        at += there ? 1 : 0;
        return there;
    }

    private boolean takeName(byte[] name) {
        int end = at + 1 + name.length;
        if (end >= length || body[at] != '"' || body[end] != '"') {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (body[at + 1 + i] != name[i]) {
                return false;
            }
        }
        at = end + 1;
        return true;
    }

    /** The text that starts here; null when it is none, or an unusual one. */
    @SuppressWarnings("deprecation") // the one copy of ASCII bytes without a decoder
    private @Nullable String text() {
        if (!take('"')) {
            return null;
        }
        byte[] in = body;
        int end = at;
        long bits = 0;
        while (length - end >= Long.BYTES) {
            long word = (long) WORDS.get(in, end);
            if (mayEnd(word)) {
                break;
            }
            bits |= word;
            end += Long.BYTES;
        }
        while (end < length && (in[end] >= ' ' || in[end] < 0) && in[end] != '"' && in[end] != '\\') {
            bits |= in[end++];
        }
        if (end == length || in[end] != '"') {
            return decoded();
        }
        String text = (bits & HIGHEST) == 0
                ? new String(in, 0, at, end - at)
                : new String(in, at, end - at, StandardCharsets.UTF_8);
        at = end + 1;
        // What a decoder puts for bytes that are no text; the general parser says where they are.
        return text.indexOf('\ufffd') < 0 ? text : null;
    }

    /** Whether one of eight bytes ends a text or a plain part of it: a quote, a backslash, or what is below a space. */
    private static boolean mayEnd(long word) {
        long quote = word ^ (EACH * '"');
        long backslash = word ^ (EACH * '\\');
        long found = (word - EACH * ' ') & ~word;
        found |= (quote - EACH) & ~quote;
        found |= (backslash - EACH) & ~backslash;
        return (found & HIGHEST) != 0;
    }

    /** The same for a text with escapes. */
    private @Nullable String decoded() {
        byte[] in = body;
        if (chars.length < length) {
            chars = new char[length];
        }
        char[] out = chars;
        int size = 0;
        int i = at;
        while (i < length) {
            int b = in[i];
            if (b == '"') {
                at = i + 1;
                return new String(out, 0, size);
            } else if (b == '\\') {
                int c = i + 1 < length ? escaped(i + 1) : -1;
                if (c < 0) {
                    return null;
                }
                out[size++] = (char) c;
                i += in[i + 1] == 'u' ? 6 : 2;
            } else if (b >= ' ') {
                out[size++] = (char) b;
                i++;
            } else if (b >= 0) {
                return null;
            } else {
                int c = severalBytes(i);
                if (c < 0) {
                    return null;
                }
                out[size++] = (char) c;
                i += c < 0x800 ? 2 : 3;
            }
        }
        return null;
    }

    private int escaped(int i) {
        switch (body[i]) {
            case '"', '\\', '/' -> {
                return body[i];
            }
            case 'n' -> {
                return '\n';
            }
            case 't' -> {
                return '\t';
            }
            case 'r' -> {
                return '\r';
            }
            case 'b' -> {
                return '\b';
            }
            case 'f' -> {
                return '\f';
            }
            case 'u' -> {
                int c = i + 4 < length ? 0 : -1;
                for (int k = 1; k <= 4 && c >= 0; k++) {
                    int digit = Character.digit(body[i + k], 16);
                    c = digit < 0 ? -1 : c << 4 | digit;
                }
                return c;
            }
            default -> {
                return -1;
            }
        }
    }

    /** The character of two or three bytes that starts at {@code i}; -1 when it has more, or none is there. */
    private int severalBytes(int i) {
        int first = body[i] & 0xff;
        int second = i + 1 < length ? (body[i + 1] & 0xff) ^ 0x80 : -1;
        if (second < 0 || second > 0x3f) {
            return -1;
        }
        if (first >= 0xc2 && first < 0xe0) {
            return (first & 0x1f) << 6 | second;
        }
        int third = i + 2 < length ? (body[i + 2] & 0xff) ^ 0x80 : -1;
        if (first < 0xe0 || first >= 0xf0 || third < 0 || third > 0x3f) {
            return -1;
        }
        int c = (first & 0xf) << 12 | second << 6 | third;
        return c < 0x800 || Character.isSurrogate((char) c) ? -1 : c;
    }
}
