package org.controlroom.text;

/** The one context rule of lower case (Unicode standard, section 3.13, Final_Sigma). */
final class GreekSigma {

    private GreekSigma() {}

    /** Whether the capital sigma at {@code i} ends a word: a cased letter before it and none after. */
    static boolean isFinal(char[] text, int i, int end) {
        return casedBefore(text, i) && !casedFrom(text, i + 1, end);
    }

    private static boolean casedBefore(char[] text, int end) {
        int i = end;
        while (i > 0) {
            int codePoint = Character.codePointBefore(text, i, 0);
            if (!ignorable(codePoint)) {
                return cased(codePoint);
            }
            i -= Character.charCount(codePoint);
        }
        return false;
    }

    private static boolean casedFrom(char[] text, int start, int end) {
        int i = start;
        while (i < end) {
            int codePoint = Character.codePointAt(text, i, end);
            if (!ignorable(codePoint)) {
                return cased(codePoint);
            }
            i += Character.charCount(codePoint);
        }
        return false;
    }

    private static boolean cased(int codePoint) {
        return Character.isUpperCase(codePoint) || Character.isLowerCase(codePoint) || Character.isTitleCase(codePoint);
    }

    private static boolean ignorable(int codePoint) {
        switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> {
                return true;
            }
            default -> {
                return switch (codePoint) {
                    case '\'', '.', ':', 0xb7, 0x387, 0x55f, 0x5f4, 0x2018, 0x2019, 0x2024, 0x2027 -> true;
                    case 0xfe13, 0xfe52, 0xfe55, 0xff07, 0xff0e, 0xff1a -> true;
                    default -> false;
                };
            }
        }
    }
}
