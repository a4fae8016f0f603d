package org.controlroom.text;

/**
 * The character classes of Python's regular expressions, which the original cleaning rules were written for: word is
 * letter, number or underscore; space is what {@code str.isspace} accepts; digit is a decimal digit.
 */
final class CharacterClasses {

    static final int WORD = 1;
    static final int SPACE = 2;
    static final int DIGIT = 4;
    static final int SURROGATE = 8;

    private static final byte[] CLASSES = table();

    private CharacterClasses() {}

    private static byte[] table() {
        byte[] classes = new byte[Character.MAX_VALUE + 1];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = (byte) (Character.isSurrogate((char) c) ? SURROGATE : ofCodePoint(c));
        }
        return classes;
    }

    /** The class bits of one UTF-16 unit; {@link #SURROGATE} alone for either half of a pair. */
    static int of(char c) {
        return CLASSES[c];
    }

    static int ofCodePoint(int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER -> {
                return WORD;
            }
            case Character.DECIMAL_DIGIT_NUMBER -> {
                return WORD | DIGIT;
            }
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                return SPACE;
            }
            default -> {
                boolean controlSpace = (codePoint >= '\t' && codePoint <= '\r')
                        || (codePoint >= 0x1c && codePoint <= 0x1f)
                        || codePoint == 0x85;
                return controlSpace ? SPACE : codePoint == '_' ? WORD : 0;
            }
        }
    }

    /** The class bits of the character that starts at, or reaches over, position {@code i}. */
    static int at(char[] text, int i, int end) {
        char c = text[i];
        int bits = CLASSES[c];
        if (bits != SURROGATE) {
            return bits;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 < end && Character.isLowSurrogate(text[i + 1])
                    ? ofCodePoint(Character.toCodePoint(c, text[i + 1]))
                    : 0;
        }
        return i > 0 && Character.isHighSurrogate(text[i - 1]) ? ofCodePoint(Character.toCodePoint(text[i - 1], c)) : 0;
    }

    static boolean isWord(char[] text, int i, int end) {
        return (at(text, i, end) & WORD) != 0;
    }

    /** Whether a word starts or ends between positions {@code i - 1} and {@code i}. */
    static boolean isBoundary(char[] text, int i, int end) {
        boolean before = i > 0 && isWord(text, i - 1, end);
        boolean after = i < end && isWord(text, i, end);
        return before != after;
    }

    static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isAsciiLetterOrDigit(char c) {
        return isAsciiLetter(c) || (c >= '0' && c <= '9');
    }
}
