package org.controlroom.api.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of JSON text in UTF-8, for the answers that are written most often. Not thread-safe. */
public final class JsonBytes {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int size;

    /** @param capacity bytes to make room for at first */
    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** Appends JSON text that consists of ASCII characters. */
    @SuppressWarnings("deprecation") // the one copy of ASCII characters without an encoder
    public JsonBytes raw(String ascii) {
        int length = ascii.length();
        reserve(length);
        ascii.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    /** Appends one ASCII character. */
    public JsonBytes raw(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    public JsonBytes number(int value) {
        if (value < 0) {
            return raw(Integer.toString(value));
        }
        reserve(10);
        int digits = 1;
        for (int rest = value; rest > 9; rest /= 10) {
            digits++;
        }
        size += digits;
        int rest = value;
        for (int at = size - 1; digits > 0; digits--) {
            bytes[at--] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    public JsonBytes number(long value) {
        return raw(Long.toString(value));
    }

    /**
     * Appends the shortest decimal that reads back as the same float: the same text on every JVM, which
     * {@link Float#toString(float)} only gives since JDK 19.
     *
     * @param value finite
     */
    public JsonBytes number(float value) {
        return raw(NumberOutput.toString(value, true));
    }

    /**
     * Appends the shortest decimal that reads back as the same double.
     *
     * @param value finite
     */
    public JsonBytes number(double value) {
        return raw(NumberOutput.toString(value, true));
    }

    /** Appends a CSV field, quoted where it must be. */
    public JsonBytes csv(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length() && !quoted; i++) {
            char c = text.charAt(i);
            quoted = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        byte[] field = (quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text).getBytes(StandardCharsets.UTF_8);
        reserve(field.length);
        System.arraycopy(field, 0, bytes, size, field.length);
        size += field.length;
        return this;
    }

    /** Appends a JSON string, quotes included. */
    public JsonBytes string(String text) {
        int length = text.length();
        // Six bytes is the longest form of one char, an escape.
        reserve(Math.addExact(Math.multiplyExact(length, 6), 2));
        byte[] out = bytes;
        int at = size;
        out[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c >= 0x20 && c != '"' && c != '\\') {
                    out[at++] = (byte) c;
                } else {
                    at = escape(out, at, c);
                }
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | (c >> 6));
                out[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                out[at++] = (byte) (0xE0 | (c >> 12));
                out[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xF0 | (point >> 18));
                out[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                out[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                // A lone surrogate has no UTF-8 form; its escape is still correct JSON.
                at = unicode(out, at, c);
            }
        }
        out[at++] = '"';
        size = at;
        return this;
    }

    private static int escape(byte[] out, int from, char c) {
        int at = from;
        int letter = switch (c) {
            case '"', '\\' -> c;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
        if (letter == 0) {
            return unicode(out, at, c);
        }
        out[at++] = '\\';
        out[at++] = (byte) letter;
        return at;
    }

    private static int unicode(byte[] out, int from, char c) {
        int at = from;
        out[at++] = '\\';
        out[at++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            out[at++] = HEX[(c >> shift) & 0xF];
        }
        return at;
    }

    public int size() {
        return size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
