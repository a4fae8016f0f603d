package org.controlroom.text;

import static org.controlroom.text.CharacterClasses.SURROGATE;
import static org.controlroom.text.CharacterClasses.WORD;

import java.util.Locale;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/**
 * Turns a product into clean text and hashed tokens. Immutable; may be used by many threads at once, each with an
 * {@link AnalyzedText} of its own.
 *
 * <p>A token is a maximal run of word characters (letters, numbers, underscore), as in Python's {@code \w+}.
 */
public final class TextAnalyzer {

    private final TextOptions options;
    private final @Nullable HashSet64 stopWords;

    public TextAnalyzer(TextOptions options) {
        this.options = options;
        HashSet64 hashes = new HashSet64();
        for (String word : options.stopWords().words()) {
            String folded = options.foldAccents() ? fold(word) : word;
            hashes.add(TermHash.ofToken(folded));
        }
        stopWords = hashes.isEmpty() ? null : hashes;
    }

    private static String fold(String word) {
        StringBuilder folded = new StringBuilder();
        word.codePoints().forEach(c -> folded.append(AccentFolding.fold(c)));
        return folded.toString();
    }

    /** Overwrites {@code out} with the analysis of the product. */
    public void analyze(Product product, AnalyzedText out) {
        CharBuffer text = out.text;
        text.length = 0;
        out.tokenCount = 0;
        prepare(product.designation(), out, 0);
        out.titleEnd = text.length;
        tokenize(text.chars, 0, text.length, out);
        out.titleTokens = out.tokenCount;
        if (text.length > 0) {
            text.append(' ');
        }
        out.descriptionStart = text.length;
        prepare(product.description(), out, text.length);
        tokenize(text.chars, out.descriptionStart, text.length, out);
        if (text.length == out.descriptionStart) {
            text.length = out.descriptionStart = out.titleEnd;
        }
    }

    private void prepare(String field, AnalyzedText out, int from) {
        if (options.cleaning() == Cleaning.NONE) {
            out.text.append(options.lowerCase() ? field.toLowerCase(Locale.ROOT) : field);
        } else {
            HtmlEntities.resolveAll(field, out.raw);
            out.cleaner.clean(out.raw, options.cleaning() == Cleaning.ALL, options.lowerCase(), out.text);
        }
        if (options.foldAccents()) {
            AccentFolding.fold(out.text, from, out.raw);
        }
    }

    private void tokenize(char[] chars, int from, int end, AnalyzedText out) {
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
                addToken(hash, length, out);
                hash = TermHash.START;
                length = 0;
            }
            i++;
        }
        if (length > 0) {
            addToken(hash, length, out);
        }
    }

    private void addToken(long hash, int length, AnalyzedText out) {
        if (keeps(hash, length)) {
            out.addToken(hash);
        }
    }

    private boolean keeps(long hash, int length) {
        return length >= options.minTokenLength() && (stopWords == null || !stopWords.contains(hash));
    }

    /** The analysis of the product with the origin of every character; for explanations, for it takes its time. */
    TracedText trace(Product product) {
        TracedCleaning cleaning = new TracedCleaning(options);
        TracedText out = cleaning.clean(product.designation());
        out.titleEnd = out.length;
        traceTokens(0, out);
        out.titleTokens = out.tokenCount;
        TracedText description = cleaning.clean(product.description());
        if (out.length > 0 && description.length > 0) {
            out.append(' ', 0, 0);
        }
        out.descriptionStart = out.length;
        out.appendAll(description);
        traceTokens(out.descriptionStart, out);
        return out;
    }

    private void traceTokens(int from, TracedText out) {
        int start = from;
        while (start < out.length) {
            int end = start;
            int length = 0;
            long hash = TermHash.START;
            while (end < out.length && CharacterClasses.isWord(out.chars, end, out.length)) {
                length += Character.isLowSurrogate(out.chars[end]) ? 0 : 1;
                hash = TermHash.step(hash, out.chars[end++]);
            }
            if (length > 0 && keeps(hash, length)) {
                out.addToken(hash, start, end);
            }
            start = Math.max(end, start + 1);
        }
    }
}
