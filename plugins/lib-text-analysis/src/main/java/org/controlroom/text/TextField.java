package org.controlroom.text;

import java.util.Objects;

/**
 * One part of a product and the terms that are made of it.
 *
 * @param part which characters
 * @param kind what a term is
 * @param min fewest words or characters in a term, 1 or more
 * @param max most words or characters in a term, at least {@code min}
 * @param ends whether "starts with this word" and "ends with this word" are terms as well; for words only
 */
public record TextField(Part part, Kind kind, int min, int max, boolean ends) {

    private static final long STARTS_WITH = 64;
    private static final long ENDS_WITH = 128;

    /** Which characters of a product a field covers. */
    public enum Part {
        TITLE(1),
        DESCRIPTION(2),
        /** Title, a space, description. */
        TEXT(3);

        /** Part of the format of saved vocabularies: never to be changed. */
        private final long salt;

        Part(long salt) {
            this.salt = salt;
        }
    }

    /** What a term is made of. */
    public enum Kind {
        /** Runs of neighbouring words. */
        WORDS(16),
        /** Runs of neighbouring characters inside words: pieces between spaces, with one space on either side. */
        CHARACTERS(32);

        /** Part of the format of saved vocabularies: never to be changed. */
        private final long salt;

        Kind(long salt) {
            this.salt = salt;
        }
    }

    public TextField {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(kind, "kind");
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("text field: min=" + min + ", max=" + max + "; must be 1 <= min <= max");
        }
    }

    /** Counts the field's terms. The same term in another part or of another kind has another hash. */
    public void count(AnalyzedText text, TermCounts out) {
        if (kind == Kind.WORDS) {
            int from = part == Part.DESCRIPTION ? text.titleTokens : 0;
            int to = part == Part.TITLE ? text.titleTokens : text.tokens.size;
            out.begin((to - from) * (max - min + 1) + 2);
            countWords(text.tokens.hashes, from, to, out);
        } else {
            int from = part == Part.DESCRIPTION ? text.descriptionStart : 0;
            int to = part == Part.TITLE ? text.titleEnd : text.text.length;
            out.begin(to - from);
            countCharacters(text.text.chars, from, to, out);
        }
    }

    private long salt() {
        return TermHash.mix(part.salt + kind.salt);
    }

    private void countWords(long[] tokens, int from, int to, TermCounts out) {
        long salt = salt();
        if (ends && to > from) {
            out.add(TermHash.mix(TermHash.mix(salt ^ STARTS_WITH) ^ tokens[from]));
            out.add(TermHash.mix(TermHash.mix(salt ^ ENDS_WITH) ^ tokens[to - 1]));
        }
        for (int i = from; i < to; i++) {
            long hash = salt;
            int last = Math.min(to, i + max);
            for (int k = i; k < last; k++) {
                hash = TermHash.mix(hash ^ tokens[k]);
                if (k - i + 1 >= min) {
                    out.add(hash);
                }
            }
        }
    }

    private void countCharacters(char[] chars, int from, int to, TermCounts out) {
        long salt = salt();
        int i = from;
        while (i < to) {
            if ((CharacterClasses.of(chars[i]) & CharacterClasses.SPACE) != 0) {
                i++;
                continue;
            }
            int end = i + 1;
            while (end < to && (CharacterClasses.of(chars[end]) & CharacterClasses.SPACE) == 0) {
                end++;
            }
            countPieces(salt, chars, i, end, out);
            i = end;
        }
    }

    /** Terms of {@code chars[from..end)} with a space before and after it; a piece shorter than min is one term. */
    private void countPieces(long salt, char[] chars, int from, int end, TermCounts out) {
        int shortest = Math.min(min, end - from + 2);
        for (int start = from - 1; start <= end; start++) {
            long hash = salt;
            int last = Math.min(end + 1, start + max);
            for (int k = start; k < last; k++) {
                hash = TermHash.step(hash, k < from || k == end ? ' ' : chars[k]);
                if (k - start + 1 >= shortest) {
                    out.add(TermHash.mix(hash));
                }
            }
        }
    }

    /** Hands over every occurrence of every term of the field: the terms of {@link #count}, with their places. */
    void locate(TracedText text, TermLocation.Sink out) {
        if (kind == Kind.WORDS) {
            int from = part == Part.DESCRIPTION ? text.titleTokens : 0;
            int to = part == Part.TITLE ? text.titleTokens : text.tokenCount;
            locateWords(text, from, to, out);
        } else {
            int from = part == Part.DESCRIPTION ? text.descriptionStart : 0;
            int to = part == Part.TITLE ? text.titleEnd : text.length;
            locateCharacters(text, from, to, out);
        }
    }

    private void locateWords(TracedText text, int from, int to, TermLocation.Sink out) {
        long salt = salt();
        if (ends && to > from) {
            long first = TermHash.mix(TermHash.mix(salt ^ STARTS_WITH) ^ text.tokens[from]);
            out.occurrence(
                    first, text.tokenStarts[from], text.tokenEnds[from], () -> text.words(from, from) + " \u2026");
            long last = TermHash.mix(TermHash.mix(salt ^ ENDS_WITH) ^ text.tokens[to - 1]);
            out.occurrence(
                    last,
                    text.tokenStarts[to - 1],
                    text.tokenEnds[to - 1],
                    () -> "\u2026 " + text.words(to - 1, to - 1));
        }
        for (int i = from; i < to; i++) {
            long hash = salt;
            int start = i;
            for (int k = i; k < Math.min(to, i + max); k++) {
                hash = TermHash.mix(hash ^ text.tokens[k]);
                int end = k;
                if (k - i + 1 >= min) {
                    out.occurrence(hash, text.tokenStarts[i], text.tokenEnds[k], () -> text.words(start, end));
                }
            }
        }
    }

    private void locateCharacters(TracedText text, int from, int to, TermLocation.Sink out) {
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && (CharacterClasses.of(text.chars[end]) & CharacterClasses.SPACE) == 0) {
                end++;
            }
            if (end > i) {
                locatePieces(text, i, end, out);
            }
            i = end + 1;
        }
    }

    private void locatePieces(TracedText text, int from, int end, TermLocation.Sink out) {
        int shortest = Math.min(min, end - from + 2);
        for (int start = from - 1; start <= end; start++) {
            long hash = salt();
            int first = Math.max(from, start);
            String before = start < from ? " " : "";
            for (int k = start; k < Math.min(end + 1, start + max); k++) {
                hash = TermHash.step(hash, k < from || k == end ? ' ' : text.chars[k]);
                if (k - start + 1 >= shortest) {
                    // A term of nothing but the space at an edge stands where its word does.
                    int last = Math.max(from + 1, Math.min(k + 1, end));
                    int begin = Math.min(first, last - 1);
                    int inside = Math.max(0, Math.min(k + 1, end) - first);
                    String after = k == end ? " " : "";
                    out.occurrence(
                            TermHash.mix(hash),
                            begin,
                            last,
                            () -> before + new String(text.chars, first, inside) + after);
                }
            }
        }
    }
}
