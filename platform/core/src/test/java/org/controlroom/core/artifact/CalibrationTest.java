package org.controlroom.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void theExponentialIsWithinOnePartInTenToTheTwelve() {
        for (double x = 0; x > -100; x -= 0.00137) {
            assertThat(Calibration.exp(x) / StrictMath.exp(x)).isCloseTo(1, within(1e-12));
        }
        assertThat(Calibration.exp(0)).isEqualTo(1);
        assertThat(Calibration.exp(-1e9)).isZero();
        assertThat(Calibration.exp(Double.NaN)).isNaN();
    }

    @Test
    void probabilitiesAreTheSharesOfTheSigmoids() {
        float[] out = new float[2];
        new Calibration(new float[] {2, 3}, new float[] {0, 1}).probabilities(new float[] {1, -1}, out);
        double first = 1 / (1 + Math.exp(-2));
        double second = 1 / (1 + Math.exp(2));
        assertThat(out[0]).isCloseTo((float) (first / (first + second)), within(1e-6f));
        assertThat(out[0] + out[1]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void whereAllSigmoidsVanishTheirRatiosRemain() {
        Calibration identity = Calibration.identity(2);
        float[] above = new float[2];
        float[] below = new float[2];
        identity.probabilities(new float[] {-29.9f, -31}, above);
        identity.probabilities(new float[] {-529.9f, -531}, below);
        assertThat(below[0]).isCloseTo(above[0], within(1e-4f));
        assertThat(below[0]).isCloseTo((float) (1 / (1 + Math.exp(-1.1))), within(1e-4f));
    }

    @Test
    void hugeScoresStayFiniteAndBrokenOnesAreRefused() {
        float[] out = new float[2];
        Calibration steep = new Calibration(new float[] {10, 10}, new float[] {0, 0});
        steep.probabilities(new float[] {3e38f, -3e38f}, out);
        assertThat(out).containsExactly(1, 0);
        steep.probabilities(new float[] {-3e38f, -3e38f}, out);
        assertThat(out).containsExactly(0.5f, 0.5f);
        for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> steep.probabilities(new float[] {broken, 0}, out))
                    .hasMessageContaining("scores must be finite");
        }
    }

    @Test
    void aScaleThatTurnsAnswersRoundIsRefused() {
        assertThatThrownBy(() -> new Calibration(new float[] {-1}, new float[] {0}))
                .hasMessageContaining("scales positive");
    }
}
