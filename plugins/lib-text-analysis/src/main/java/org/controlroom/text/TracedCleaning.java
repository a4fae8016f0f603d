package org.controlroom.text;

import static org.controlroom.text.CharacterClasses.isAsciiLetter;
import static org.controlroom.text.CharacterClasses.isBoundary;

import java.util.Locale;

/**
 * The cleaning of {@link TextCleaner} and {@link CatalogueRules} once more, one rule after the other instead of in one pass,
 * so that each character keeps its origin. Linear in the length of the text.
 */
final class TracedCleaning {

    private static final int NONE = -1;

    private final TextOptions options;

    TracedCleaning(TextOptions options) {
        this.options = options;
    }

    /** The cleaned field, accents folded. */
    TracedText clean(String field) {
        TracedText text = options.cleaning() == Cleaning.NONE ? plain(field) : withoutMarkup(field);
        if (options.cleaning() == Cleaning.ALL) {
            text = replace(text, TracedCleaning::urlEnd);
            text = replace(text, new Emails());
            text = replace(text, TracedCleaning::referenceEnd);
            text = replace(text, new Codes());
            text = replace(text, new Numbers());
        }
        if (options.cleaning() != Cleaning.NONE && text.length > 0 && text.chars[text.length - 1] == ' ') {
            text.length--;
        }
        return options.foldAccents() ? folded(text) : text;
    }

    private TracedText plain(String field) {
        TracedText out = new TracedText();
        String text = options.lowerCase() ? field.toLowerCase(Locale.ROOT) : field;
        int to = 0;
        for (int i = 0; i < field.length(); ) {
            int end = i + Character.charCount(field.codePointAt(i));
            // A dotted capital I is the one character whose lower case has another length.
            int size = options.lowerCase() && field.charAt(i) == '\u0130' ? 2 : end - i;
            for (int k = 0; k < size; k++) {
                out.append(text.charAt(to++), i, end);
            }
            i = end;
        }
        return out;
    }

    private TracedText withoutMarkup(String field) {
        TracedText raw = resolved(field);
        TracedText out = new TracedText();
        boolean tagsMayEnd = true;
        int i = 0;
        while (i < raw.length) {
            char c = raw.chars[i];
            if (c == '<' && tagsMayEnd) {
                int end = i + 1;
                while (end < raw.length && raw.chars[end] != '>') {
                    end++;
                }
                tagsMayEnd = end < raw.length;
                if (tagsMayEnd && end > i + 1) {
                    out.appendSpace(raw.starts[i], raw.ends[end]);
                    i = end + 1;
                    continue;
                }
            }
            if ((CharacterClasses.of(c) & CharacterClasses.SPACE) != 0) {
                out.appendSpace(raw.starts[i], raw.ends[i]);
                i++;
            } else {
                i = appendLowered(raw, i, out);
            }
        }
        return out;
    }

    /** The text with its character references resolved. */
    private static TracedText resolved(String field) {
        TracedText out = new TracedText();
        char[] chars = field.toCharArray();
        HtmlEntities.Reference reference = new HtmlEntities.Reference();
        for (int i = 0; i < chars.length; ) {
            int end = i + Character.charCount(Character.codePointAt(chars, i));
            if (chars[i] == '&') {
                HtmlEntities.resolve(chars, i, chars.length, reference);
                if (reference.end > i) {
                    for (char c : reference.text) {
                        out.append(c, i, reference.end);
                    }
                    i = reference.end;
                    continue;
                }
            }
            for (int k = i; k < end; k++) {
                out.append(chars[k], i, end);
            }
            i = end;
        }
        return out;
    }

    private int appendLowered(TracedText raw, int i, TracedText out) {
        int codePoint = Character.codePointAt(raw.chars, i, raw.length);
        int end = i + Character.charCount(codePoint);
        String lower = Character.toString(codePoint);
        if (options.lowerCase() && codePoint == '\u0130') {
            lower = "i\u0307";
        } else if (options.lowerCase() && codePoint == '\u03a3') {
            lower = GreekSigma.isFinal(raw.chars, i, raw.length) ? "\u03c2" : "\u03c3";
        } else if (options.lowerCase()) {
            lower = Character.toString(Character.toLowerCase(codePoint));
        }
        for (int k = 0; k < lower.length(); k++) {
            out.append(lower.charAt(k), raw.starts[i], raw.ends[end - 1]);
        }
        return end;
    }

    private static TracedText folded(TracedText text) {
        TracedText out = new TracedText();
        for (int i = 0; i < text.length; ) {
            int codePoint = Character.codePointAt(text.chars, i, text.length);
            int end = i + Character.charCount(codePoint);
            boolean kept = codePoint < 128 || (end == i + 1 && Character.isSurrogate(text.chars[i]));
            String folded = kept ? Character.toString(codePoint) : AccentFolding.fold(codePoint);
            for (int k = 0; k < folded.length(); k++) {
                out.append(folded.charAt(k), text.starts[i], text.ends[end - 1]);
            }
            if (folded.isEmpty() && out.length > 0 && out.ends[out.length - 1] == text.starts[i]) {
                // A mark belongs to the letter before it.
                out.ends[out.length - 1] = text.ends[end - 1];
            }
            i = end;
        }
        return out;
    }

    /** Where a piece that is to go ends. */
    private interface Rule {
        /** @return end of the piece that starts at {@code from}, or NONE */
        int end(char[] chars, int from, int length);
    }

    private static TracedText replace(TracedText text, Rule rule) {
        TracedText out = new TracedText();
        int from = 0;
        while (from < text.length) {
            int end = rule.end(text.chars, from, text.length);
            if (end != NONE) {
                out.appendSpace(text.starts[from], text.ends[end - 1]);
                from = end;
            } else {
                if (text.chars[from] == ' ') {
                    out.appendSpace(text.starts[from], text.ends[from]);
                } else {
                    out.append(text.chars[from], text.starts[from], text.ends[from]);
                }
                from++;
            }
        }
        return out;
    }

    private static int urlEnd(char[] chars, int from, int length) {
        int start = NONE;
        for (String prefix : new String[] {"http://", "https://", "www."}) {
            start = startsWith(chars, from, length, prefix) ? from + prefix.length() : start;
        }
        int end = start;
        while (end != NONE && end < length && chars[end] != ' ') {
            end++;
        }
        return end > start ? end : NONE;
    }

    private static boolean startsWith(char[] chars, int from, int length, String prefix) {
        int i = 0;
        while (i < prefix.length() && from + i < length && chars[from + i] == prefix.charAt(i)) {
            i++;
        }
        return i == prefix.length();
    }

    private static int referenceEnd(char[] chars, int from, int length) {
        int end = isBoundary(chars, from, length) ? ReferenceKeywords.referenceEnd(chars, from, length) : NONE;
        return Math.max(NONE, end);
    }

    /** Remembers up to where nothing can start any more, so that a long run is looked at once. */
    private abstract static class Runs implements Rule {
        private int nothingBefore;

        @Override
        public int end(char[] chars, int from, int length) {
            if (from < nothingBefore) {
                return NONE;
            }
            int runEnd = runEnd(chars, from, length);
            int end = runEnd > from ? matchEnd(chars, from, runEnd, length) : NONE;
            if (end == NONE && runEnd > from) {
                nothingBefore = runEnd;
            }
            return end;
        }

        /** End of the run of characters from {@code from} on with which a piece may begin; {@code from} when none does. */
        abstract int runEnd(char[] chars, int from, int length);

        abstract int matchEnd(char[] chars, int from, int runEnd, int length);
    }

    private static final class Emails extends Runs {
        @Override
        int runEnd(char[] chars, int from, int length) {
            int end = from;
            while (isBoundary(chars, from, length)
                    && end < length
                    && CatalogueRules.isAddressCharacter(chars, end, length)) {
                end++;
            }
            return end;
        }

        @Override
        int matchEnd(char[] chars, int from, int runEnd, int length) {
            boolean sign = runEnd < length && chars[runEnd] == '@';
            return sign ? CatalogueRules.domainEnd(chars, runEnd + 1, length) : NONE;
        }
    }

    private static final class Codes extends Runs {
        @Override
        int runEnd(char[] chars, int from, int length) {
            int end = from;
            while (end < length && isAsciiLetter(chars[end])) {
                end++;
            }
            return end;
        }

        @Override
        int matchEnd(char[] chars, int from, int runEnd, int length) {
            boolean dash = runEnd - from >= 2 && runEnd < length && chars[runEnd] == '-';
            return dash ? CatalogueRules.codeEnd(chars, runEnd + 1, length) : NONE;
        }
    }

    private static final class Numbers extends Runs {
        private int digits;

        @Override
        int runEnd(char[] chars, int from, int length) {
            int end = from;
            digits = 0;
            while (end < length && CatalogueRules.isDigit(chars, end, length)) {
                digits += Character.isLowSurrogate(chars[end]) ? 0 : 1;
                end++;
            }
            return end;
        }

        @Override
        int matchEnd(char[] chars, int from, int runEnd, int length) {
            boolean whole = isBoundary(chars, from, length) && isBoundary(chars, runEnd, length);
            return digits >= 6 && whole ? runEnd : NONE;
        }
    }
}
