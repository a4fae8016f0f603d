package org.controlroom.plugins.tfidf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.testkit.StateAttacks;
import org.controlroom.testkit.TrainingContexts;
import org.junit.jupiter.api.Test;

/** A state as version 0.1.0 wrote it: it must load, and give the same vector, as long as there are models with it. */
class TfidfGoldenTest {

    private static final List<Product> PRODUCTS = List.of(
            new Product("Chaise de jardin", "Chaise pliante, <b>bleue</b>, r\u00e9f AB-1234"),
            new Product("Table de jardin", "Une table en bois pour l'\u00e9t\u00e9"),
            new Product("Chaise haute", ""));

    private static final Settings SETTINGS = Settings.of(Map.of(
            "titleWordsMinDf", "1",
            "textWordsMinDf", "2",
            "titleCharactersWeight", "0.5",
            "titleCharactersMax", "3",
            "titleCharactersMinDf", "2"));

    private static final String FINGERPRINT = "eeb972f96818ba7cdcec8212c08357ea1c92b62ec348d765b0ebb7cc04f8af62";
    private static final int SUM = 1799133560;

    private static FeatureExtractor load() {
        try (InputStream in = TfidfGoldenTest.class.getResourceAsStream("tfidf-1.bin")) {
            return new TfidfExtractorFactory().load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theStateLoadsAndGivesTheSameVector() {
        FeatureExtractor extractor = load();
        assertThat(extractor.schema().fingerprint()).isEqualTo(FINGERPRINT);
        FeatureVector vector = new FeatureVector();
        extractor.extract(PRODUCTS.get(0), vector);
        int sum = 0;
        for (int i = 0; i < vector.size(); i++) {
            sum = 31 * (31 * sum + vector.indices()[i]) + Float.floatToRawIntBits(vector.values()[i]);
        }
        assertThat(sum).isEqualTo(SUM);
    }

    @Test
    void theSameProductsStillTeachTheSameBytes() {
        FeatureExtractor fitted =
                TrainingContexts.with(SETTINGS, context -> new TfidfExtractorFactory().fit(PRODUCTS, context));
        assertThat(StateAttacks.save(fitted::save)).isEqualTo(StateAttacks.save(load()::save));
    }
}
