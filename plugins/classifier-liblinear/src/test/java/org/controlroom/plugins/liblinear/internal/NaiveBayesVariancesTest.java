package org.controlroom.plugins.liblinear.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.junit.jupiter.api.Test;

class NaiveBayesVariancesTest {

    private static final boolean[] POSITIVE = {true, true, false, false};

    /** Feature 0 is in all rows, 1 in one row of either side, 2 in both rows of the label only, 3 in no row. */
    private static FeatureMatrix matrix(float scale) {
        FeatureMatrix.Builder rows = new FeatureMatrix.Builder(4, 4);
        for (int row = 0; row < 4; row++) {
            FeatureVector vector = new FeatureVector();
            vector.add(0, scale);
            if (row % 2 == 0) {
                vector.add(1, scale);
            }
            if (row < 2) {
                vector.add(2, scale);
            }
            rows.add(vector);
        }
        return rows.build();
    }

    @Test
    void onlyWhatTellsTheLabelFromTheRestMayHaveAWeight() {
        TrainingRows rows = new TrainingRows(matrix(1), 1);
        float[] variances = new NaiveBayesVariances(rows, 0.5).of(POSITIVE).orElseThrow();
        for (int position = 0; position < rows.biasPosition(); position++) {
            // Four squares of feature 0, two of 1, two of 2 before: eight, which 2 has alone afterwards.
            assertThat(variances[position]).isCloseTo(rows.featureAt(position) == 2 ? 4 : 0, within(1e-5f));
        }
        assertThat(variances[rows.biasPosition()]).isEqualTo(1);
    }

    @Test
    void featuresThatTellNothingLeaveTheProblemAsItIs() {
        FeatureMatrix.Builder same = new FeatureMatrix.Builder(1, 4);
        for (int row = 0; row < 4; row++) {
            FeatureVector vector = new FeatureVector();
            vector.add(0, 1);
            same.add(vector);
        }
        TrainingRows rows = new TrainingRows(same.build(), 1);
        BinaryProblem problem = new BinaryProblem(rows, POSITIVE, 1, 1);
        assertThat(problem.weighted(new NaiveBayesVariances(rows, 0.5))).isSameAs(problem);
    }

    @Test
    void variancesAreTheSameAsScaledFeaturesWithTheScaleInTheWeights() {
        TrainingRows plain = new TrainingRows(matrix(1), 0);
        TrainingRows scaled = new TrainingRows(matrix(3), 0);
        float[] variances = new float[plain.positions()];
        java.util.Arrays.fill(variances, 9);
        for (BinarySolver solver : new BinarySolver[] {
            new DualSvmSolver(true, new BinarySolver.Limits(1e-6, 10_000)),
            new DualSvmSolver(false, new BinarySolver.Limits(1e-6, 10_000)),
            new DualLogisticSolver(new BinarySolver.Limits(1e-6, 10_000))
        }) {
            float[] byVariance = weights(solver, plain.withVariances(variances));
            float[] byScale = weights(solver, scaled);
            for (int position = 0; position < plain.biasPosition(); position++) {
                assertThat(byVariance[position]).isCloseTo(3 * byScale[position], within(1e-3f));
            }
            assertThat(byVariance).isNotEqualTo(weights(solver, plain));
        }
    }

    private static float[] weights(BinarySolver solver, TrainingRows rows) {
        return solver.solve(new BinaryProblem(rows, POSITIVE, 0.1, 0.1), new SplittableRandom(1), () -> {})
                .weights();
    }
}
