package org.controlroom.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Character references as the HTML standard resolves them in text (section 13.2.5.72 onwards): all named ones, the
 * longest known name first, old names also without semicolon; decimal and hexadecimal ones with the standard's
 * replacements.
 */
final class HtmlEntities {

    private static final int LONGEST_NAME = 32;
    private static final int SHORTEST_NAME = 2;
    private static final int SLOTS = 8192;
    private static final String[] NAMES = new String[SLOTS];
    private static final char[][] TEXTS = new char[SLOTS][];
    private static final char[] NOTHING = {};
    private static final char[] REPLACEMENT = {'\uFFFD'};

    /** What the bytes 80 to 9F mean in Windows-1252, which the standard substitutes; 0 where it leaves the control. */
    private static final char[] WINDOWS_1252 = {
        0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
        0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e,
        0x0178
    };

    static {
        for (String line : lines()) {
            boolean semicolonOptional = line.startsWith("+");
            String[] parts = line.substring(semicolonOptional ? 1 : 0).split(" ");
            StringBuilder text = new StringBuilder();
            for (int i = 1; i < parts.length; i++) {
                text.appendCodePoint(Integer.parseInt(parts[i], 16));
            }
            char[] chars = text.toString().toCharArray();
            put(parts[0] + ";", chars);
            if (semicolonOptional) {
                put(parts[0], chars);
            }
        }
    }

    private HtmlEntities() {}

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(
                        HtmlEntities.class.getResourceAsStream("html-entities.txt"), "html-entities.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    lines.add(line);
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("html-entities.txt", e);
        }
    }

    private static void put(String name, char[] text) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = step(hash, name.charAt(i));
        }
        int slot = slot(hash);
        while (NAMES[slot] != null) {
            slot = (slot + 1) % SLOTS;
        }
        NAMES[slot] = name;
        TEXTS[slot] = text;
    }

    private static int step(int hash, char c) {
        return hash * 31 + c;
    }

    private static int slot(int hash) {
        return (hash * 0x9E3779B1) >>> (32 - 13);
    }

    /** What one reference stands for. Reused; not thread-safe. */
    static final class Reference {
        /** UTF-16 text it stands for; not to be changed. */
        char[] text = NOTHING;

        /** Position after the reference, or the position of the ampersand when there is none. */
        int end;

        private final char[][] single = new char[1][1];
    }

    /** Overwrites {@code out} with the text, all references resolved once. */
    static void resolveAll(String text, CharBuffer out) {
        out.length = 0;
        out.append(text);
        int ampersand = text.indexOf('&');
        if (ampersand < 0) {
            return;
        }
        Reference reference = new Reference();
        char[] chars = out.chars;
        int end = out.length;
        int to = ampersand;
        int from = ampersand;
        // In place: no reference is shorter than what it stands for.
        while (from < end) {
            if (chars[from] == '&') {
                resolve(chars, from, end, reference);
                if (reference.end > from) {
                    System.arraycopy(reference.text, 0, chars, to, reference.text.length);
                    to += reference.text.length;
                    from = reference.end;
                    continue;
                }
            }
            chars[to++] = chars[from++];
        }
        out.length = to;
    }

    /** Resolves what follows the ampersand at {@code start}. */
    static void resolve(char[] in, int start, int length, Reference out) {
        out.end = start;
        if (start + 1 < length && in[start + 1] == '#') {
            resolveNumber(in, start, length, out);
        } else {
            resolveName(in, start, length, out);
        }
    }

    private static void resolveName(char[] in, int start, int length, Reference out) {
        int hash = 0;
        int last = Math.min(length, start + 1 + LONGEST_NAME);
        for (int i = start + 1; i < last; i++) {
            char c = in[i];
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != ';') {
                return;
            }
            hash = step(hash, c);
            int size = i - start;
            if (size >= SHORTEST_NAME) {
                int found = find(in, start + 1, size, hash);
                if (found >= 0) {
                    out.text = TEXTS[found];
                    out.end = i + 1;
                }
            }
            if (c == ';') {
                return;
            }
        }
    }

    private static int find(char[] in, int from, int size, int hash) {
        for (int slot = slot(hash); NAMES[slot] != null; slot = (slot + 1) % SLOTS) {
            String name = NAMES[slot];
            if (name.length() == size) {
                int i = 0;
                while (i < size && name.charAt(i) == in[from + i]) {
                    i++;
                }
                if (i == size) {
                    return slot;
                }
            }
        }
        return -1;
    }

    private static void resolveNumber(char[] in, int start, int length, Reference out) {
        int i = start + 2;
        boolean hex = i < length && (in[i] == 'x' || in[i] == 'X');
        if (hex) {
            i++;
        }
        int firstDigit = i;
        int number = 0;
        for (; i < length; i++) {
            int digit = in[i] < 128 ? Character.digit(in[i], hex ? 16 : 10) : -1;
            if (digit < 0) {
                break;
            }
            number = Math.min(Character.MAX_CODE_POINT + 1, number * (hex ? 16 : 10) + digit);
        }
        if (i == firstDigit) {
            return;
        }
        out.end = i < length && in[i] == ';' ? i + 1 : i;
        out.text = character(number, out);
    }

    private static char[] character(int number, Reference out) {
        if (number == 0 || number > Character.MAX_CODE_POINT || (number >= 0xD800 && number <= 0xDFFF)) {
            return REPLACEMENT;
        }
        if (number >= 0x80 && number <= 0x9f) {
            char mapped = WINDOWS_1252[number - 0x80];
            return one(mapped == 0 ? (char) number : mapped, out);
        }
        boolean control = number < 0x20 && number != '\t' && number != '\n' && number != '\f' && number != '\r';
        boolean noncharacter = (number & 0xFFFE) == 0xFFFE || (number >= 0xFDD0 && number <= 0xFDEF);
        if (control || noncharacter || number == 0x7f) {
            return NOTHING;
        }
        return number > 0xFFFF ? Character.toChars(number) : one((char) number, out);
    }

    private static char[] one(char c, Reference out) {
        out.single[0][0] = c;
        return out.single[0];
    }
}
