package org.controlroom.text;

import java.util.Arrays;
import java.util.List;
import org.controlroom.spi.feature.TextSpan;

/**
 * An analysed text of which every character still knows where in the product it comes from. Slower and larger than
 * {@link AnalyzedText}, whose characters and tokens it repeats; made for explanations only. Not thread-safe.
 */
final class TracedText {

    char[] chars = new char[256];
    int[] starts = new int[256];
    int[] ends = new int[256];
    int length;

    int titleEnd;
    int descriptionStart;

    long[] tokens = new long[64];
    int[] tokenStarts = new int[64];
    int[] tokenEnds = new int[64];
    int tokenCount;
    int titleTokens;

    /** Appends a character that stands for the original characters {@code start} to {@code end}. */
    void append(char c, int start, int end) {
        if (length == chars.length) {
            chars = Arrays.copyOf(chars, length * 2);
            starts = Arrays.copyOf(starts, length * 2);
            ends = Arrays.copyOf(ends, length * 2);
        }
        chars[length] = c;
        starts[length] = start;
        ends[length++] = end;
    }

    /** Appends a space, unless there is nothing yet or a space before it. */
    void appendSpace(int start, int end) {
        if (length > 0 && chars[length - 1] != ' ') {
            append(' ', start, end);
        }
    }

    void appendAll(TracedText other) {
        for (int i = 0; i < other.length; i++) {
            append(other.chars[i], other.starts[i], other.ends[i]);
        }
    }

    void addToken(long hash, int from, int to) {
        if (tokenCount == tokens.length) {
            tokens = Arrays.copyOf(tokens, tokenCount * 2);
            tokenStarts = Arrays.copyOf(tokenStarts, tokenCount * 2);
            tokenEnds = Arrays.copyOf(tokenEnds, tokenCount * 2);
        }
        tokens[tokenCount] = hash;
        tokenStarts[tokenCount] = from;
        tokenEnds[tokenCount++] = to;
    }

    /** The tokens from {@code first} to {@code last}, both included, with a space between them. */
    String words(int first, int last) {
        StringBuilder words = new StringBuilder();
        for (int k = first; k <= last; k++) {
            words.append(k == first ? "" : " ").append(chars, tokenStarts[k], tokenEnds[k] - tokenStarts[k]);
        }
        return words.toString();
    }

    /** Adds where the analysed characters {@code from} to {@code to} come from: one span, two when both fields are in it. */
    void addSpans(int from, int to, List<TextSpan> out) {
        if (from < titleEnd) {
            int last = Math.min(to, titleEnd) - 1;
            out.add(new TextSpan(TextSpan.Field.DESIGNATION, starts[from], ends[last]));
        }
        if (to > descriptionStart && to > titleEnd) {
            int first = Math.max(from, descriptionStart);
            out.add(new TextSpan(TextSpan.Field.DESCRIPTION, starts[first], ends[to - 1]));
        }
    }
}
