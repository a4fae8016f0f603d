package org.controlroom.text;

import static org.controlroom.text.CharacterClasses.DIGIT;
import static org.controlroom.text.CharacterClasses.SPACE;
import static org.controlroom.text.CharacterClasses.SURROGATE;
import static org.controlroom.text.CharacterClasses.WORD;

/**
 * Removes tags, lowers case and collapses white space in one pass over the characters, and hands each finished run of
 * non-space characters to {@link CatalogueRules}. Reused; not thread-safe.
 *
 * <p>The result is that of the original rules, which replace one regular expression after the other. The work is linear
 * in the length of any text, hostile ones included.
 */
final class TextCleaner {

    private static final byte LETTER = 0;
    private static final byte OTHER = 1;
    private static final byte NUMERAL = 2;
    private static final byte BLANK = 3;
    private static final byte TAG = 4;
    private static final byte UNUSUAL = 5;

    /** The one character whose lower case is two. */
    private static final char DOTTED_CAPITAL_I = '\u0130';

    /** The Latin letters of European languages; what is above is rare. */
    private static final int TABLE = 0x180;

    private static final byte[] KINDS = new byte[TABLE];
    private static final char[] LOWER = new char[TABLE];
    private static final char[] SAME = new char[TABLE];

    static {
        for (char c = 0; c < TABLE; c++) {
            KINDS[c] = kind(c);
            LOWER[c] = Character.toLowerCase(c);
            SAME[c] = c;
        }
    }

    private final CatalogueRules rules = new CatalogueRules();
    private char[] in = {};
    private int length;
    private boolean noTagEndAhead;
    private boolean lowerCase;

    private static byte kind(char c) {
        int bits = CharacterClasses.of(c);
        if (c == '<') {
            return TAG;
        } else if (c == DOTTED_CAPITAL_I) {
            return UNUSUAL;
        } else if ((bits & SPACE) != 0) {
            return BLANK;
        } else if ((bits & DIGIT) != 0) {
            return NUMERAL;
        }
        return (bits & WORD) != 0 ? LETTER : OTHER;
    }

    /**
     * Appends the cleaned text to {@code out} and its tokens to {@code tokens}.
     *
     * @param raw the text with its entities resolved
     * @param applyRules whether URLs, references and the like are removed as well; only with {@code lowerCase}
     */
    void clean(CharBuffer raw, boolean applyRules, boolean lowerCase, CharBuffer out, Tokens tokens) {
        this.lowerCase = lowerCase;
        char[] table = lowerCase ? LOWER : SAME;
        char[] text = raw.chars;
        in = text;
        length = raw.length;
        noTagEndAhead = false;
        // A dotted capital I becomes two characters.
        out.reserve(2 * length + 2);
        rules.begin(out, applyRules, tokens);
        int i = 0;
        while (i < length) {
            char c = text[i];
            switch (c < TABLE ? KINDS[c] : UNUSUAL) {
                case LETTER -> {
                    i = appendLetters(i, table, out);
                    continue;
                }
                case OTHER -> rules.appendPunctuation(c);
                case NUMERAL -> rules.appendDigit(c);
                case BLANK -> rules.endRun();
                case TAG -> {
                    i = skipTag(i);
                    continue;
                }
                default -> {
                    i = appendUnusual(c, i);
                    continue;
                }
            }
            i++;
        }
        rules.end();
    }

    /** Appends the letters from {@code from} on; most of a text, so in a loop that needs nothing but registers. */
    private int appendLetters(int from, char[] table, CharBuffer out) {
        char[] text = in;
        char[] to = out.chars;
        int end = length;
        int n = out.length;
        long hash = rules.tokenHash;
        int i = from;
        char c = text[i];
        do {
            char letter = table[c];
            to[n++] = letter;
            hash = TermHash.step(hash, letter);
            i++;
        } while (i < end && (c = text[i]) < TABLE && KINDS[c] == LETTER);
        out.length = n;
        rules.tokenHash = hash;
        return i;
    }

    /** Appends a character that the tables do not hold, and answers the position after it. */
    private int appendUnusual(char c, int i) {
        int bits = CharacterClasses.of(c);
        if (bits == SURROGATE) {
            return appendSurrogate(c, i);
        }
        if ((bits & SPACE) != 0) {
            rules.endRun();
        } else if (lowerCase && c == DOTTED_CAPITAL_I) {
            rules.append('i');
            rules.appendPunctuation('\u0307');
        } else if (lowerCase && c == '\u03a3') {
            rules.append(GreekSigma.isFinal(in, i, length) ? '\u03c2' : '\u03c3');
        } else {
            appendClassified(lowerCase ? Character.toLowerCase(c) : c, bits);
        }
        return i + 1;
    }

    private int appendSurrogate(char c, int i) {
        if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(in[i + 1])) {
            int codePoint = Character.toCodePoint(c, in[i + 1]);
            int bits = CharacterClasses.ofCodePoint(codePoint);
            int lower = lowerCase ? Character.toLowerCase(codePoint) : codePoint;
            if ((bits & WORD) != 0) {
                rules.appendHalf(Character.highSurrogate(lower), (bits & DIGIT) != 0);
                rules.appendHalf(Character.lowSurrogate(lower), (bits & DIGIT) != 0);
            } else {
                rules.appendPunctuation(Character.highSurrogate(lower));
                rules.appendPunctuation(Character.lowSurrogate(lower));
            }
            return i + 2;
        }
        rules.appendPunctuation(c);
        return i + 1;
    }

    private void appendClassified(char c, int bits) {
        if ((bits & DIGIT) != 0) {
            rules.appendDigit(c);
        } else if ((bits & WORD) != 0) {
            rules.append(c);
        } else {
            rules.appendPunctuation(c);
        }
    }

    /** Position after the tag that starts at {@code i}; when none does, appends the character itself. */
    private int skipTag(int i) {
        int end = i + 1;
        while (!noTagEndAhead && end < length && in[end] != '>') {
            end++;
        }
        noTagEndAhead |= end == length;
        if (noTagEndAhead || end == i + 1) {
            rules.appendPunctuation('<');
            return i + 1;
        }
        rules.endRun();
        return end + 1;
    }
}
