package org.controlroom.plugins.tfidf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.SettingsSchema;
import org.controlroom.testkit.PluginSettings;
import org.controlroom.testkit.TrainingContexts;
import org.junit.jupiter.api.Test;

class TfidfSettingsTest {

    private final SettingsSchema schema = PluginSettings.schemaOf(TfidfSettings.class);
    private final TfidfExtractorFactory factory = new TfidfExtractorFactory();

    @Test
    void theSchemaSaysWhatTheAnnotationSays() {
        PluginSettings.assertDescribes(schema, TfidfSettings.class);
    }

    @Test
    void theDefaultsBreakNoRule() {
        assertThat(factory.check(schema.defaults())).isEmpty();
    }

    @Test
    void valuesOutsideTheirRangeFailAllAtOnce() {
        assertThatThrownBy(() -> schema.complete(
                        "extractor-tfidf", Map.of("textWordsMax", "0", "stopWords", "KLINGON", "maxDf", "often")))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("textWordsMax: '0' is out of range; must be 1..8")
                .hasMessageContaining("stopWords: 'KLINGON' is not one of [NONE, ENGLISH, FRENCH, GERMAN, ALL]")
                .hasMessageContaining("maxDf: 'often' is not a number");
    }

    @Test
    void aShortestNgramAboveTheLongestFails() {
        assertThat(factory.check(Settings.of(Map.of("textWordsMin", "3"))))
                .containsExactly(new Problem("textWordsMin", "3 is above textWordsMax=2"));
    }

    @Test
    void switchingAllFieldsOffFails() {
        assertThat(factory.check(Settings.of(Map.of("titleWordsWeight", "0", "textWordsWeight", "0"))))
                .extracting(Problem::field)
                .containsExactly("textWordsWeight");
    }

    @Test
    void keepingCapitalsFailsWithRulesThatNeedLowerCase() {
        Settings settings = Settings.of(Map.of("lowerCase", "false"));
        assertThat(factory.check(settings)).extracting(Problem::field).containsExactly("lowerCase");
        assertThatThrownBy(() -> TrainingContexts.with(
                        settings, context -> factory.fit(List.of(new Product("Chaise", "")), context)))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("lowerCase");
    }

    @Test
    void settingsThatLeaveNoFeatureFailWithWhatToLookAt() {
        assertThatThrownBy(() -> TrainingContexts.with(
                        Settings.of(Map.of("titleWordsMinDf", "2", "textWordsMinDf", "2")),
                        context -> factory.fit(List.of(new Product("chaise", "")), context)))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("features=0")
                .hasMessageContaining("minDf");
    }
}
