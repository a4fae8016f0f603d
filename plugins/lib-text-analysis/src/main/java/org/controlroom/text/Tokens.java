package org.controlroom.text;

import static org.controlroom.text.CharacterClasses.SURROGATE;
import static org.controlroom.text.CharacterClasses.WORD;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The hashed tokens of a text, stop words and short ones left out. A token is a maximal run of word characters (letters,
 * numbers, underscore), as in Python's {@code \w+}. Reused; not thread-safe.
 */
final class Tokens {

    long[] hashes = new long[256];
    int size;

    private int minLength;
    private @Nullable HashSet64 stopWords;

    /**
     * Empties this.
     *
     * @param shortest characters of the shortest token
     * @param unwanted hashes of stop words, null for none
     */
    void begin(int shortest, @Nullable HashSet64 unwanted) {
        size = 0;
        minLength = shortest;
        stopWords = unwanted;
    }

    void add(long hash, int length) {
        if (!wanted(hash, length, minLength, stopWords)) {
            return;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash;
    }

    static boolean wanted(long hash, int length, int minLength, @Nullable HashSet64 stopWords) {
        return length >= minLength && (stopWords == null || !stopWords.contains(hash));
    }

    /** Adds the tokens of {@code chars[from..end)}. */
    void addAll(char[] chars, int from, int end) {
        long hash = TermHash.START;
        int length = 0;
        int i = from;
        while (i < end) {
            char c = chars[i];
            int bits = CharacterClasses.of(c);
            if ((bits & WORD) != 0) {
                hash = TermHash.step(hash, c);
                length++;
                i++;
                continue;
            }
            if (bits == SURROGATE && CharacterClasses.isWord(chars, i, end)) {
                hash = TermHash.step(TermHash.step(hash, c), chars[i + 1]);
                length++;
                i += 2;
                continue;
            }
            if (length > 0) {
                add(hash, length);
                hash = TermHash.START;
                length = 0;
            }
            i++;
        }
        if (length > 0) {
            add(hash, length);
        }
    }
}
