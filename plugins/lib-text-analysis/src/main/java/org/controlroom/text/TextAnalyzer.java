package org.controlroom.text;

import java.util.Locale;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/**
 * Turns a product into clean text and hashed tokens. Immutable; may be used by many threads at once, each with an
 * {@link AnalyzedText} of its own.
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
        out.tokens.begin(options.minTokenLength(), stopWords);
        append(product.designation(), out);
        out.titleEnd = text.length;
        out.titleTokens = out.tokens.size;
        if (text.length > 0) {
            text.append(' ');
        }
        out.descriptionStart = text.length;
        append(product.description(), out);
        if (text.length == out.descriptionStart) {
            text.length = out.descriptionStart = out.titleEnd;
        }
    }

    private void append(String field, AnalyzedText out) {
        CharBuffer text = out.text;
        int from = text.length;
        int tokens = out.tokens.size;
        if (options.cleaning() == Cleaning.NONE) {
            text.append(options.lowerCase() ? field.toLowerCase(Locale.ROOT) : field);
        } else {
            HtmlEntities.resolveAll(field, out.raw);
            out.cleaner.clean(out.raw, options.cleaning() == Cleaning.ALL, options.lowerCase(), text, out.tokens);
        }
        if (options.foldAccents()) {
            AccentFolding.fold(text, from, out.raw);
        }
        if (options.foldAccents() || options.cleaning() == Cleaning.NONE) {
            out.tokens.size = tokens;
            out.tokens.addAll(text.chars, from, text.length);
        }
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
            if (length > 0 && Tokens.wanted(hash, length, options.minTokenLength(), stopWords)) {
                out.addToken(hash, start, end);
            }
            start = Math.max(end, start + 1);
        }
    }
}
