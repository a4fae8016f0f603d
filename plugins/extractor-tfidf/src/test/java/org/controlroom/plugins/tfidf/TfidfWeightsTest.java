package org.controlroom.plugins.tfidf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.testkit.TrainingContexts;
import org.junit.jupiter.api.Test;

/** Compares vectors with the textbook computation on strings, which knows nothing of hashes. */
class TfidfWeightsTest {

    private static final List<Product> PRODUCTS = List.of(
            new Product("chaise de jardin", "chaise pliante, bleue"),
            new Product("table de jardin", "une table en bois pour le jardin"),
            new Product("chaise haute", "pour enfant; chaise en bois"),
            new Product("livre", ""));

    private static FeatureExtractor fit(Map<String, String> settings) {
        return TrainingContexts.with(
                Settings.of(settings), context -> new TfidfExtractorFactory().fit(PRODUCTS, context));
    }

    private static Map<String, String> only(String field, String min, String max, String... more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("titleWordsWeight", "0", "textWordsWeight", "0", "titleWordsEnds", "false"));
        settings.putAll(Map.of(field + "Weight", "0.5", field + "Min", min, field + "Max", max, field + "MinDf", "1"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static float[] values(FeatureExtractor extractor, Product product) {
        FeatureVector vector = new FeatureVector();
        extractor.extract(product, vector);
        float[] values = Arrays.copyOf(vector.values(), vector.size());
        Arrays.sort(values);
        return values;
    }

    /** Weights of one document by the definition: (1 + ln tf) (ln((1 + n) / (1 + df)) + 1), to length 0.5. */
    private static float[] expected(List<List<String>> documents, int wanted, boolean sublinear) {
        Map<String, Integer> documentFrequency = new HashMap<>();
        documents.forEach(terms -> terms.stream().distinct().forEach(t -> documentFrequency.merge(t, 1, Integer::sum)));
        Map<String, Integer> counts = new TreeMap<>();
        documents.get(wanted).forEach(term -> counts.merge(term, 1, Integer::sum));
        double[] weights = counts.entrySet().stream()
                .mapToDouble(e -> (sublinear ? 1 + Math.log(e.getValue()) : e.getValue())
                        * (Math.log((1.0 + documents.size()) / (1.0 + documentFrequency.get(e.getKey()))) + 1))
                .toArray();
        double length = Math.sqrt(Arrays.stream(weights).map(w -> w * w).sum());
        float[] scaled = new float[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (0.5 * weights[i] / length);
        }
        Arrays.sort(scaled);
        return scaled;
    }

    private static List<String> words(String text, int min, int max) {
        String[] words = text.replaceAll("[^a-z]+", " ").strip().split(" ");
        List<String> terms = new ArrayList<>();
        for (int n = min; n <= max; n++) {
            for (int i = 0; i + n <= words.length; i++) {
                terms.add(String.join(" ", Arrays.asList(words).subList(i, i + n)));
            }
        }
        return terms;
    }

    /** Character n-grams inside words by scikit-learn's definition of char_wb. */
    private static List<String> characters(String text, int min, int max) {
        List<String> terms = new ArrayList<>();
        for (String word : text.strip().split(" ")) {
            String padded = " " + word + " ";
            for (int n = min; n <= max; n++) {
                terms.add(padded.substring(0, Math.min(n, padded.length())));
                for (int i = 1; i + n <= padded.length(); i++) {
                    terms.add(padded.substring(i, i + n));
                }
                if (padded.length() <= n) {
                    break; // a short word is counted once
                }
            }
        }
        return terms;
    }

    private static String text(Product product) {
        return (product.designation() + " " + product.description()).strip();
    }

    private static void assertWeights(FeatureExtractor extractor, List<List<String>> documents, boolean sublinear) {
        assertThat(extractor.schema().size()).isEqualTo((int)
                documents.stream().flatMap(List::stream).distinct().count());
        for (int i = 0; i < PRODUCTS.size(); i++) {
            assertThat(values(extractor, PRODUCTS.get(i)))
                    .containsExactly(expected(documents, i, sublinear), within(1e-6f));
        }
    }

    @Test
    void wordsAreWeighedByDefinition() {
        List<List<String>> documents =
                PRODUCTS.stream().map(product -> words(text(product), 1, 3)).toList();
        assertWeights(fit(only("textWords", "1", "3")), documents, true);
        assertWeights(fit(only("textWords", "1", "3", "sublinearTf", "false")), documents, false);
    }

    @Test
    void charactersInsideWordsAreWeighedByDefinition() {
        for (int[] range : new int[][] {{1, 1}, {2, 5}, {3, 5}, {6, 9}}) {
            List<List<String>> documents = PRODUCTS.stream()
                    .map(product -> characters(text(product), range[0], range[1]))
                    .toList();
            assertWeights(fit(only("textCharacters", "" + range[0], "" + range[1])), documents, true);
        }
    }

    @Test
    void eachFieldHasFeaturesAndALengthOfItsOwn() {
        Map<String, String> settings = only("titleWords", "1", "1");
        settings.put("descriptionWordsWeight", "2");
        settings.put("descriptionWordsMinDf", "1");
        settings.put("descriptionWordsMax", "1");
        float[] values = values(fit(settings), new Product("chaise", "chaise"));
        assertThat(values).containsExactly(0.5f, 2f);
    }

    @Test
    void rareAndFrequentWordsAreDropped() {
        FeatureExtractor extractor = fit(only("titleWords", "1", "1", "titleWordsMinDf", "2", "maxDf", "0.5"));
        assertThat(extractor.schema().size()).as("chaise, de, jardin").isEqualTo(3);
        assertThat(values(extractor, new Product("livre", ""))).isEmpty();
        assertThat(fit(only("titleWords", "1", "1", "titleWordsMinDf", "0.5"))
                        .schema()
                        .size())
                .isEqualTo(3);
        assertThat(fit(only("titleWords", "1", "1", "maxDf", "1.5")).schema().size())
                .as("table, haute, livre")
                .isEqualTo(3);
    }

    @Test
    void theWordsWithTheMostOccurrencesAreKept() {
        FeatureExtractor extractor = fit(only("textWords", "1", "1", "textWordsMaxFeatures", "2"));
        assertThat(extractor.schema().size()).isEqualTo(2);
        assertThat(values(extractor, new Product("chaise", ""))).as("4 times").hasSize(1);
        assertThat(values(extractor, new Product("jardin", ""))).as("3 times").hasSize(1);
        assertThat(values(extractor, new Product("table", ""))).as("2 times").isEmpty();
    }

    @Test
    void theFirstAndTheLastWordOfATitleAreTermsOfTheirOwn() {
        Map<String, String> settings = only("titleWords", "1", "1");
        settings.put("titleWordsEnds", "true");
        FeatureExtractor extractor = fit(settings);
        assertThat(values(extractor, new Product("chaise de jardin", ""))).hasSize(5);
        assertThat(values(extractor, new Product("de chaise de", "")))
                .as("nothing learnt starts with de")
                .hasSize(2);
    }

    @Test
    void stopWordsAndShortWordsAreDroppedBeforePairsAreMade() {
        FeatureExtractor extractor = fit(only("titleWords", "2", "2", "stopWords", "FRENCH"));
        assertThat(values(extractor, new Product("chaise du jardin", "")))
                .as("chaise jardin")
                .hasSize(1);
        FeatureExtractor longer = fit(only("titleWords", "2", "2", "minTokenLength", "3"));
        assertThat(values(longer, new Product("chaise a jardin", "")))
                .as("chaise jardin")
                .hasSize(1);
    }

    @Test
    void accentsAndCapitalsMakeNoDifference() {
        FeatureExtractor extractor = fit(only("titleWords", "1", "1"));
        assertThat(values(extractor, new Product("CH\u00c2\u00cfSE", "")))
                .isEqualTo(values(extractor, new Product("chaise", "")));
        FeatureExtractor strict = fit(only("titleWords", "1", "1", "foldAccents", "false"));
        assertThat(values(strict, new Product("CH\u00c2\u00cfSE", ""))).isEmpty();
    }
}
