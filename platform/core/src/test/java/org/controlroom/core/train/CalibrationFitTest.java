package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.controlroom.core.artifact.Calibration;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {

    private static final int LABELS = 4;

    @Test
    void theProbabilitiesBehindTheDataAreFound() {
        Calibration truth = new Calibration(new float[] {3, 3, 2, 4}, new float[] {0.8f, -0.3f, 0, -0.5f});
        Random random = new Random(11);
        int rows = 40_000;
        float[][] scores = new float[rows][LABELS];
        int[] targets = new int[rows];
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

        float[] q = new float[LABELS];
        double difference = 0;
        for (int row = 0; row < 1_000; row++) {
            truth.probabilities(scores[row], p);
            fitted.probabilities(scores[row], q);
            for (int i = 0; i < LABELS; i++) {
                difference += Math.abs(p[i] - q[i]);
            }
        }
        assertThat(difference / 1_000 / LABELS).isLessThan(0.01);
    }

    @Test
    void scoresThatSayNothingGiveTheFrequencies() {
        int[] targets = new int[3000];
        java.util.Arrays.fill(targets, 1000, 3000, 1);
        Calibration fitted = CalibrationFit.fit(new float[3000][2], targets, 2);
        float[] p = new float[2];
        fitted.probabilities(new float[2], p);
        assertThat(p[1]).isCloseTo(2 / 3f, within(0.02f));
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
        float[] p = new float[2];
        fitted.probabilities(scores[0], p);
        assertThat(p[0]).isGreaterThan(0.99f);
    }

    @Test
    void aLabelWithoutRowsStaysPossible() {
        Calibration fitted = CalibrationFit.fit(new float[][] {{1, 0, 0}, {0, 1, 0}}, new int[] {0, 1}, 3);
        float[] p = new float[3];
        fitted.probabilities(new float[] {0, 0, 1}, p);
        assertThat(p[2]).isGreaterThan(0.2f);
    }

    @Test
    void scoresThatPointTheWrongWayNeverTurnAnswersRound() {
        Calibration fitted = CalibrationFit.fit(new float[][] {{1, 0}, {0, 1}, {1, 0}}, new int[] {1, 0, 1}, 2);
        assertThat(fitted.scale()[0]).isPositive();
    }
}
