package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.LocatedTerm;
import org.controlroom.spi.feature.LocatesTerms;
import org.controlroom.spi.feature.TextSpan;

/** Demands of an extractor that {@link LocatesTerms} that each term really stands where it is said to stand. */
public final class LocationAttacks {

    /** Words that no rule of cleaning takes for anything else, as they may stand in a catalogue. */
    private static final String[] WORDS = {
        "table", "Caf\u00e9", "caf&eacute;", "<b>lit</b>", "CHOCOLAT", "na\u00efve", "e\u0301tude", "\u0130zmir",
                "\ufb01let",
        "no\u00ebl", "&Eacute;t\u00e9", "<i title='x'>bol", "pot", "d'eau", "&amp;", "\ud83d\ude00", "tout&nbsp;beau",
                "du"
    };

    private LocationAttacks() {}

    /** Each feature of a product has a term, and features that are not asked for or not there have none. */
    public static void everyFeatureHasATerm(FeatureExtractor extractor, List<Product> products) {
        for (Product product : products) {
            int[] features = features(extractor, product);
            List<LocatedTerm> terms = locate(extractor, product, features);
            assertThat(terms.stream().map(LocatedTerm::feature).distinct().sorted())
                    .as("features with a term, seed %d", Seed.value())
                    .containsExactlyElementsOf(
                            Arrays.stream(features).sorted().boxed().toList());
            int[] half = Arrays.copyOf(features, features.length / 2);
            assertThat(locate(extractor, product, half))
                    .isEqualTo(terms.stream()
                            .filter(term -> IntStream.of(half).anyMatch(index -> index == term.feature()))
                            .toList());
            assertThat(locate(extractor, new Product("", ""), features)).isEmpty();
        }
    }

    /** Spans lie inside their text, split no character and come in order. */
    public static void everySpanLiesInItsText(FeatureExtractor extractor, List<Product> products) {
        for (Product product : products) {
            for (LocatedTerm term : locate(extractor, product, features(extractor, product))) {
                TextSpan before = null;
                for (TextSpan span : term.spans()) {
                    String text = text(product, span);
                    assertThat(span.end()).as("%s in '%s'", span, text).isLessThanOrEqualTo(text.length());
                    assertThat(splitsACharacter(text, span.start()) || splitsACharacter(text, span.end()))
                            .as("%s splits a character, seed %d", span, Seed.value())
                            .isFalse();
                    assertThat(before == null || comesBefore(before, span))
                            .as("%s before %s", before, span)
                            .isTrue();
                    before = span;
                }
            }
        }
    }

    /** A product of which only the places of a feature's terms are left still has the feature. */
    public static void whatIsLeftAtItsPlacesStillGivesTheFeature(FeatureExtractor extractor) {
        SplittableRandom random = Seed.random();
        for (int round = 0; round < 60; round++) {
            Product product = new Product(words(random, 1 + random.nextInt(5)), words(random, random.nextInt(12)));
            int[] features = features(extractor, product);
            for (int feature : features) {
                List<TextSpan> spans = locate(extractor, product, new int[] {feature}).stream()
                        .map(LocatedTerm::spans)
                        .flatMap(Collection::stream)
                        .toList();
                Product left = new Product(
                        only(product.designation(), TextSpan.Field.DESIGNATION, spans),
                        only(product.description(), TextSpan.Field.DESCRIPTION, spans));
                assertThat(features(extractor, left))
                        .as("feature %d of %s, of which is left %s; seed %d", feature, product, left, Seed.value())
                        .contains(feature);
            }
        }
    }

    /** Products like those that are asked about, for an extractor to learn. */
    static List<Product> plain() {
        SplittableRandom random = Seed.random();
        return IntStream.range(0, 200)
                .mapToObj(i -> new Product(words(random, 1 + random.nextInt(4)), words(random, random.nextInt(10))))
                .toList();
    }

    private static String words(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : random.nextInt(5) == 0 ? " \n " : " ")
                    .append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static String only(String text, TextSpan.Field field, List<TextSpan> spans) {
        char[] left = new char[text.length()];
        Arrays.fill(left, ' ');
        for (TextSpan span : spans) {
            if (span.field() == field) {
                assertThat(span.end()).as("%s in '%s'", span, text).isLessThanOrEqualTo(text.length());
                text.getChars(span.start(), span.end(), left, span.start());
            }
        }
        return new String(left);
    }

    private static String text(Product product, TextSpan span) {
        return span.field() == TextSpan.Field.DESIGNATION ? product.designation() : product.description();
    }

    private static boolean splitsACharacter(String text, int position) {
        return position > 0
                && position < text.length()
                && Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position));
    }

    private static boolean comesBefore(TextSpan first, TextSpan second) {
        return first.field() == second.field()
                ? first.start() <= second.start()
                : first.field().compareTo(second.field()) < 0;
    }

    private static List<LocatedTerm> locate(FeatureExtractor extractor, Product product, int[] features) {
        return ((LocatesTerms) extractor).locate(product, features);
    }

    private static int[] features(FeatureExtractor extractor, Product product) {
        FeatureVector vector = new FeatureVector();
        extractor.extract(product, vector);
        return Arrays.copyOf(vector.indices(), vector.size());
    }
}
