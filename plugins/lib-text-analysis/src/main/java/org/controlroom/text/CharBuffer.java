package org.controlroom.text;

import java.util.Arrays;

/** A growing array of characters with its fill length. Not thread-safe. */
final class CharBuffer {

    char[] chars = new char[1024];
    int length;

    /** Makes room for {@code more} characters after the present ones. */
    void reserve(int more) {
        int needed = Math.addExact(length, more);
        if (needed > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(needed, chars.length * 2));
        }
    }

    void append(char c) {
        if (length == chars.length) {
            reserve(1);
        }
        chars[length++] = c;
    }

    void append(String text) {
        reserve(text.length());
        text.getChars(0, text.length(), chars, length);
        length += text.length();
    }
}
