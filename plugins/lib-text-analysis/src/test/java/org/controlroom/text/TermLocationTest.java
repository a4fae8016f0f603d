package org.controlroom.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.controlroom.spi.Product;
import org.controlroom.spi.feature.LocatedTerm;
import org.controlroom.spi.feature.TextSpan;
import org.controlroom.text.TextField.Kind;
import org.controlroom.text.TextField.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TermLocationTest {

    private static final List<TextField> FIELDS = List.of(
            new TextField(Part.TITLE, Kind.WORDS, 1, 2, true),
            new TextField(Part.DESCRIPTION, Kind.WORDS, 1, 1, false),
            new TextField(Part.TEXT, Kind.WORDS, 2, 3, false),
            new TextField(Part.TITLE, Kind.CHARACTERS, 1, 3, false),
            new TextField(Part.TEXT, Kind.CHARACTERS, 3, 5, false));

    private static final List<TextOptions> OPTIONS = List.of(
            new TextOptions(Cleaning.ALL, true, true, StopWords.ALL, 2),
            new TextOptions(Cleaning.ALL, true, false, StopWords.NONE, 1),
            new TextOptions(Cleaning.MARKUP, true, true, StopWords.NONE, 1),
            new TextOptions(Cleaning.MARKUP, false, false, StopWords.NONE, 1),
            new TextOptions(Cleaning.NONE, true, true, StopWords.FRENCH, 1),
            new TextOptions(Cleaning.NONE, false, true, StopWords.NONE, 3));

    @Test
    void theTermsAreThoseOfTheFastAnalysisOnHostileTexts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            TextAnalyzer analyzer = new TextAnalyzer(OPTIONS.get(i % OPTIONS.size()));
            Product product = new Product(HostileTexts.next(random), HostileTexts.next(random));
            AnalyzedText fast = new AnalyzedText();
            analyzer.analyze(product, fast);
            TracedText traced = analyzer.trace(product);
            assertThat(new String(traced.chars, 0, traced.length))
                    .as("seed %d, product %d: %s", seed, i, product)
                    .isEqualTo(fast.text());
            assertThat(Arrays.copyOf(traced.tokens, traced.tokenCount))
                    .as("tokens, seed %d, product %d", seed, i)
                    .isEqualTo(Arrays.copyOf(fast.tokens.hashes, fast.tokens.size));
            for (TextField field : FIELDS) {
                assertThat(located(field, traced))
                        .as("%s, seed %d, product %d: %s", field, seed, i, product)
                        .isEqualTo(counted(field, fast));
            }
        }
    }

    private static Map<Long, Integer> located(TextField field, TracedText text) {
        Map<Long, Integer> counts = new TreeMap<>();
        field.locate(text, (hash, from, to, term) -> counts.merge(hash, 1, Integer::sum));
        return counts;
    }

    private static Map<Long, Integer> counted(TextField field, AnalyzedText text) {
        TermCounts terms = new TermCounts();
        field.count(text, terms);
        Map<Long, Integer> counts = new TreeMap<>();
        for (int i = 0; i < terms.size(); i++) {
            counts.put(terms.hashes()[i], terms.counts()[i]);
        }
        return counts;
    }

    @Test
    void placesPointIntoTheTextAsItStandsInTheCatalogue() {
        Product product =
                new Product("<b>Caf&eacute;</b>  NO\u00cbL ref: AB12-9", "voir http://x.fr/ caf\u00e9 noe\u0308l");
        assertThat(pieces(product, new TextField(Part.TEXT, Kind.WORDS, 1, 1, false)))
                .containsExactly(
                        "cafe=Caf&eacute;", "noel=NO\u00cbL", "voir=voir", "cafe=caf\u00e9", "noel=noe\u0308l");
    }

    @Test
    void aTermOfTwoWordsCoversWhatWasRemovedBetweenThem() {
        Product product = new Product("lampe <i>LED</i>", "de bureau");
        assertThat(pieces(product, new TextField(Part.TEXT, Kind.WORDS, 2, 2, false)))
                .containsExactly("lampe led=lampe <i>LED", "led bureau=LED", "led bureau=de bureau");
    }

    @Test
    void piecesOfWordsAreFoundInsideThem() {
        Product product = new Product("t\ufb01 &amp; \ud83d\ude00", "");
        assertThat(pieces(product, new TextField(Part.TITLE, Kind.CHARACTERS, 2, 2, false)))
                .containsExactly(
                        " t=t",
                        "tf=t\ufb01",
                        "fi=\ufb01",
                        "i =\ufb01",
                        " &=&amp;",
                        "& =&amp;",
                        " \ud83d=\ud83d\ude00",
                        "\ud83d\ude00=\ud83d\ude00",
                        "\ude00 =\ud83d\ude00");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void theLongestHostileTextsTakeTheirTimeOnly() {
        TermLocation location = location(OPTIONS.get(0), FIELDS.get(1));
        for (String piece : List.of("a.", "a@", "ref ", "ab-", "1", "<a", "&amp", "www.", "a@a.a ", "\u03a3", "ref-")) {
            location.locate(new Product(piece, piece.repeat(200_000 / piece.length())), new int[] {0});
        }
    }

    private static TermLocation location(TextOptions options, TextField field) {
        return new TermLocation(new TextAnalyzer(options), List.of(field), List.of("field"), hash -> 7);
    }

    /** Each place as term = original text. */
    private static List<String> pieces(Product product, TextField field) {
        TextOptions options = new TextOptions(Cleaning.ALL, true, true, StopWords.FRENCH, 1);
        List<LocatedTerm> terms = location(options, field).locate(product, new int[] {7});
        record Piece(TextSpan span, String text) {}
        return terms.stream()
                .flatMap(term -> term.spans().stream()
                        .map(span -> new Piece(
                                span,
                                term.term() + "="
                                        + (span.field() == TextSpan.Field.DESIGNATION
                                                        ? product.designation()
                                                        : product.description())
                                                .substring(span.start(), span.end()))))
                .sorted(Comparator.comparing((Piece piece) -> piece.span().field())
                        .thenComparing(piece -> piece.span().start()))
                .map(Piece::text)
                .toList();
    }
}
