package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.controlroom.core.artifact.Calibration;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {

    private static final int LABELS = 4;

    @Test
    void theFactorAndTheBiasesBehindTheDataAreFound() {
        float[] bias = {0.8f, -0.3f, 0, -0.5f};
        Random random = new Random(11);
        int rows = 40_000;
        float[][] scores = new float[rows][LABELS];
        int[] targets = new int[rows];
        Calibration truth = new Calibration(new float[] {3, 3, 3, 3}, bias);
        float[] p = new float[LABELS];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < LABELS; i++) {
                scores[row][i] = (float) random.nextGaussian();
            }
            truth.probabilities(scores[row], p);
            float drawn = random.nextFloat();
            int target = 0;
            while (target < LABELS - 1 && (drawn -= p[target]) > 0) {
                target++;
            }
            targets[row] = target;
        }

        Calibration fitted = CalibrationFit.fit(scores, targets, LABELS);

        assertThat(fitted.scale()[0]).isCloseTo(3, within(0.1f));
        for (int i = 1; i < LABELS; i++) {
            assertThat(fitted.bias()[i] - fitted.bias()[0]).isCloseTo(bias[i] - bias[0], within(0.1f));
        }
    }

    @Test
    void scoresThatSayNothingGiveTheFrequencies() {
        int[] targets = new int[300];
        java.util.Arrays.fill(targets, 100, 300, 1);
        Calibration fitted = CalibrationFit.fit(new float[300][2], targets, 2);
        float[] p = new float[2];
        fitted.probabilities(new float[2], p);
        assertThat(p[1]).isCloseTo(2 / 3f, within(0.01f));
    }

    @Test
    void perfectlySeparatedRowsStayFinite() {
        float[][] scores = new float[100][2];
        int[] targets = new int[100];
        for (int row = 0; row < 100; row++) {
            targets[row] = row % 2;
            scores[row][row % 2] = 1000;
        }
        Calibration fitted = CalibrationFit.fit(scores, targets, 2);
        assertThat(fitted.scale()[0]).isPositive();
    }

    @Test
    void aLabelWithoutRowsKeepsABiasOfAboutZeroOrLess() {
        Calibration fitted = CalibrationFit.fit(new float[][] {{1, 0, 0}, {0, 1, 0}}, new int[] {0, 1}, 3);
        assertThat(fitted.bias()[2]).isBetween(-3f, 0.1f);
    }

    @Test
    void scoresThatPointTheWrongWayNeverTurnAnswersRound() {
        Calibration fitted = CalibrationFit.fit(new float[][] {{1, 0}, {0, 1}, {1, 0}}, new int[] {1, 0, 1}, 2);
        assertThat(fitted.scale()[0]).isEqualTo(1e-3f);
    }
}
