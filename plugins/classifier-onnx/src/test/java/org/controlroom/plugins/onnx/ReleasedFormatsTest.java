package org.controlroom.plugins.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.junit.jupiter.api.Test;

/** States of all released formats; a new format adds a file and changes none. */
class ReleasedFormatsTest {

    /** What ONNX Runtime in Python answered to the same text. */
    private static final double[] EXPECTED = {
        0.04719126969575882,
        0.003908910788595676,
        0.9398697018623352,
        0.0030801035463809967,
        0.0032639624550938606,
        0.002685994142666459
    };

    @Test
    void aStateOfFormatOneStillLoadsAndScoresTheSame() throws IOException {
        try (InputStream state = Objects.requireNonNull(ReleasedFormatsTest.class.getResourceAsStream("onnx-1.bin"));
                RawTextClassifier classifier = new OnnxClassifierFactory().load(state)) {
            float[] scores = new float[EXPECTED.length];
            classifier.score(new Product("chaise pliante", "en bois"), scores);

            assertThat(classifier.labels().toArray()).containsExactly(10, 40, 1280, 2280, 2583, 2705);
            for (int k = 0; k < scores.length; k++) {
                assertThat(1 / (1 + Math.exp(-scores[k]))).isCloseTo(EXPECTED[k], within(1e-6));
            }
        }
    }
}
