package org.controlroom.plugins.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.SettingsSchema;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.testkit.PluginSettings;
import org.controlroom.testkit.TrainingContexts;
import org.junit.jupiter.api.Test;

class HashingSettingsTest {

    private final SettingsSchema schema = PluginSettings.schemaOf(HashingSettings.class);
    private final HashingExtractorFactory factory = new HashingExtractorFactory();

    private FeatureVector extract(Map<String, String> settings, Product product) {
        FeatureExtractor extractor = TrainingContexts.with(
                Settings.of(settings), context -> factory.fit(List.of(new Product("any", "")), context));
        FeatureVector vector = new FeatureVector();
        extractor.extract(product, vector);
        return vector;
    }

    @Test
    void theSchemaSaysWhatTheAnnotationSays() {
        PluginSettings.assertDescribes(schema, HashingSettings.class);
        assertThat(factory.check(schema.defaults())).isEmpty();
    }

    @Test
    void tooManyBitsFailWithTheRange() {
        assertThatThrownBy(() -> schema.complete("extractor-hashing", Map.of("bits", "25")))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("bits: '25' is out of range; must be 8..24");
    }

    @Test
    void contradictionsAreReportedTogether() {
        assertThat(factory.check(Settings.of(Map.of(
                        "textWordsWeight", "0", "titleWordsWeight", "0", "titleWordsMin", "3", "lowerCase", "false"))))
                .extracting(Problem::field)
                .containsExactly("titleWordsMin", "textWordsWeight", "lowerCase");
    }

    @Test
    void bitsSetTheNumberOfFeatures() {
        FeatureExtractor extractor = TrainingContexts.with(
                Settings.of(Map.of("bits", "10")), context -> factory.fit(List.of(new Product("any", "")), context));
        assertThat(extractor.schema().size()).isEqualTo(1024);
    }

    @Test
    void eachFieldHasTheLengthOfItsWeight() {
        FeatureVector vector = extract(
                Map.of("textWordsWeight", "0", "titleWordsWeight", "0.5", "bits", "24"),
                new Product("chaise pliante bleue", "de jardin"));
        assertThat(vector.size()).as("3 words and 2 pairs").isEqualTo(5);
        double squares = 0;
        for (int i = 0; i < vector.size(); i++) {
            squares += vector.values()[i] * vector.values()[i];
        }
        assertThat(Math.sqrt(squares)).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void bothSignsOccur() {
        FeatureVector vector =
                extract(Map.of(), new Product("chaise pliante bleue", "un deux trois quatre cinq six sept"));
        int negative = 0;
        for (int i = 0; i < vector.size(); i++) {
            negative += vector.values()[i] < 0 ? 1 : 0;
        }
        assertThat(negative).isBetween(1, vector.size() - 1);
    }
}
