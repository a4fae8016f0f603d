package org.controlroom.text;

import static org.controlroom.text.CharacterClasses.isAsciiLetterOrDigit;
import static org.controlroom.text.CharacterClasses.isBoundary;

/**
 * Manufacturers' references: {@code \b(keyword)[\s.:_-]*[a-z0-9][a-z0-9\-_.]{2,}\b}. As in the original rules, no boundary
 * is asked for after the keyword, so that {@code refill} and {@code modeling} are taken for references as well.
 */
final class ReferenceKeywords {

    static final int NONE = -1;

    /** The keyword and its separators reach to the end of what is known. */
    static final int UNDECIDED = -2;

    private static final int MIN_CODE = 3;
    private static final char[][] KEYWORDS = {
        "ref".toCharArray(),
        "r\u00e9f".toCharArray(),
        "reference".toCharArray(),
        "r\u00e9f\u00e9rence".toCharArray(),
        "fabricant".toCharArray(),
        "model".toCharArray(),
        "mod\u00e8le".toCharArray(),
        "sku".toCharArray(),
        "asin".toCharArray(),
        "ean".toCharArray(),
        "isbn".toCharArray(),
        "gtin".toCharArray()
    };

    /** By first character of a keyword: a bit for each second and each third one, modulo the number of bits. */
    private static final long[] SECOND = new long[128];

    private static final long[] THIRD = new long[128];

    static {
        for (char[] keyword : KEYWORDS) {
            SECOND[keyword[0]] |= 1L << keyword[1];
            THIRD[keyword[0]] |= 1L << keyword[2];
        }
    }

    private ReferenceKeywords() {}

    /** A quick look at three characters whether a keyword may start here; false is certain. */
    static boolean mayStart(char[] chars, int i, int end) {
        if (end - i < 3) {
            return false;
        }
        // One branch that is hardly ever taken: words begin with any letter, and guessing wrong costs more than this.
        int first = chars[i] & 127;
        return (SECOND[first] >>> chars[i + 1] & THIRD[first] >>> chars[i + 2] & 1) != 0;
    }

    /** End of the reference that starts at {@code i}, a word boundary; NONE or UNDECIDED. */
    static int referenceEnd(char[] chars, int i, int end) {
        if (!mayStart(chars, i, end)) {
            return NONE;
        }
        for (char[] keyword : KEYWORDS) {
            if (startsWith(chars, i, end, keyword)) {
                int stop = codeEnd(chars, i + keyword.length, end);
                if (stop != NONE) {
                    return stop;
                }
            }
        }
        return NONE;
    }

    /** End of the code after separators from {@code i} on; NONE or UNDECIDED. */
    static int codeEnd(char[] chars, int i, int end) {
        int start = i;
        while (start < end && isSeparator(chars[start])) {
            start++;
        }
        if (start == end) {
            return UNDECIDED;
        }
        if (!isAsciiLetterOrDigit(chars[start])) {
            return NONE;
        }
        int stop = start + 1;
        while (stop < end && isCodeCharacter(chars[stop])) {
            stop++;
        }
        while (stop - start >= MIN_CODE && !isBoundary(chars, stop, end)) {
            stop--;
        }
        return stop - start >= MIN_CODE ? stop : NONE;
    }

    private static boolean startsWith(char[] chars, int i, int end, char[] keyword) {
        if (end - i < keyword.length) {
            return false;
        }
        for (int k = 0; k < keyword.length; k++) {
            if (chars[i + k] != keyword[k]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '.' || c == ':' || c == '_' || c == '-';
    }

    private static boolean isCodeCharacter(char c) {
        return isAsciiLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
