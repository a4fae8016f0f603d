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
    void probabilitiesAreTheSoftmaxOfScaledAndShiftedScores() {
        float[] out = new float[2];
        new Calibration(new float[] {2, 2}, new float[] {0, 1}).probabilities(new float[] {1, 0}, out);
        assertThat(out[0]).isCloseTo((float) (Math.exp(2) / (Math.exp(2) + Math.exp(1))), within(1e-6f));
        assertThat(out[0] + out[1]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void hugeScoresStayFiniteAndBrokenOnesAreRefused() {
        float[] out = new float[2];
        Calibration identity = Calibration.identity(2);
        identity.probabilities(new float[] {3e38f, -3e38f}, out);
        assertThat(out).containsExactly(1, 0);
        assertThatThrownBy(() -> identity.probabilities(new float[] {Float.NaN, 0}, out))
                .hasMessageContaining("scores must be finite");
        assertThatThrownBy(() -> identity.probabilities(new float[] {Float.POSITIVE_INFINITY, 0}, out))
                .hasMessageContaining("scores must be finite");
    }

    @Test
    void aScaleThatTurnsAnswersRoundIsRefused() {
        assertThatThrownBy(() -> new Calibration(new float[] {-1}, new float[] {0}))
                .hasMessageContaining("scales positive");
    }
}
