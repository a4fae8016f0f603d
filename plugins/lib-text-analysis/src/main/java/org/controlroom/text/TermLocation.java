package org.controlroom.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import org.controlroom.spi.Product;
import org.controlroom.spi.feature.LocatedTerm;
import org.controlroom.spi.feature.TextSpan;

/**
 * Finds the terms of given features by making all terms of the product once more, this time with their places. Immutable;
 * may be used by many threads at once.
 */
public final class TermLocation {

    private final TextAnalyzer analyzer;
    private final List<TextField> fields;
    private final List<String> sources;
    private final LongToIntFunction indexOf;

    /**
     * @param fields what terms are made of
     * @param sources name of each field
     * @param indexOf index of the feature that a term's hash counts for; negative when it counts for none
     */
    public TermLocation(
            TextAnalyzer analyzer, List<TextField> fields, List<String> sources, LongToIntFunction indexOf) {
        this.analyzer = analyzer;
        this.fields = List.copyOf(fields);
        this.sources = List.copyOf(sources);
        this.indexOf = indexOf;
    }

    /** See {@link org.controlroom.spi.feature.LocatesTerms#locate}. */
    public List<LocatedTerm> locate(Product product, int[] features) {
        int[] wanted = features.clone();
        Arrays.sort(wanted);
        TracedText text = analyzer.trace(product);
        Map<Term, List<TextSpan>> found = new LinkedHashMap<>();
        for (int f = 0; f < fields.size(); f++) {
            String source = sources.get(f);
            fields.get(f).locate(text, (hash, from, to, term) -> {
                int index = indexOf.applyAsInt(hash);
                if (index >= 0 && Arrays.binarySearch(wanted, index) >= 0) {
                    Term key = new Term(index, term.get(), source);
                    text.addSpans(from, to, found.computeIfAbsent(key, k -> new ArrayList<>()));
                }
            });
        }
        List<LocatedTerm> terms = new ArrayList<>();
        found.forEach((term, spans) -> {
            spans.sort((a, b) -> a.field() == b.field()
                    ? Integer.compare(a.start(), b.start())
                    : a.field().compareTo(b.field()));
            terms.add(new LocatedTerm(
                    term.index,
                    term.text,
                    term.source,
                    spans.stream().distinct().toList()));
        });
        return terms;
    }

    private record Term(int index, String text, String source) {}

    /** Takes one occurrence of a term. */
    interface Sink {
        /**
         * @param from first character in the analysed text that it covers
         * @param to position after the last one
         * @param term the term as people read it
         */
        void occurrence(long hash, int from, int to, Supplier<String> term);
    }
}
