package org.controlroom.plugins.majority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Settings;
import org.controlroom.spi.SettingsSchema;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.testkit.PluginSettings;
import org.controlroom.testkit.TrainingContexts;
import org.junit.jupiter.api.Test;

class MajoritySettingsTest {

    private final SettingsSchema schema = PluginSettings.schemaOf(MajoritySettings.class);

    @Test
    void theSchemaSaysWhatTheAnnotationSays() {
        PluginSettings.assertDescribes(schema, MajoritySettings.class);
        assertThat(schema.defaults().as(MajoritySettings.class).smoothing()).isEqualTo(1.0);
    }

    @Test
    void aNegativeSmoothingFailsWithItsRange() {
        assertThatThrownBy(() -> schema.complete("example-majority", Map.of("smoothing", "-1")))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("smoothing: '-1' is out of range; must be 0..1000000");
    }

    @Test
    void smoothingDrawsRareAndFrequentLabelsTogether() {
        assertThat(scoreOfTheRarer("0")).isCloseTo((float) Math.log(1.0 / 4), within(1e-6f));
        assertThat(scoreOfTheRarer("2")).isCloseTo((float) Math.log(3.0 / 8), within(1e-6f));
    }

    private static float scoreOfTheRarer(String smoothing) {
        FeatureMatrix.Builder rows = new FeatureMatrix.Builder(1, 4);
        for (int row = 0; row < 4; row++) {
            rows.add(new FeatureVector());
        }
        Classifier classifier = TrainingContexts.with(
                Settings.of(Map.of("smoothing", smoothing)),
                context -> new MajorityTrainer().train(rows.build(), new int[] {5, 5, 9, 5}, context));
        float[] scores = new float[2];
        classifier.score(new FeatureVector(), scores);
        return scores[classifier.labels().indexOf(9)];
    }
}
