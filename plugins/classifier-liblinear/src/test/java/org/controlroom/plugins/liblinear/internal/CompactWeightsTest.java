package org.controlroom.plugins.liblinear.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.controlroom.testkit.LabelledVectors;
import org.controlroom.testkit.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactWeightsTest {

    private final SplittableRandom random = Seed.random();

    /** Weights as training leaves them: most near zero, one large for each feature, some features without any. */
    private OneVersusRest.Weights weights(int labels, int features) {
        List<float[]> byLabel = new ArrayList<>();
        for (int k = 0; k < labels; k++) {
            byLabel.add(new float[features + 1]);
        }
        for (int feature = 0; feature < features; feature++) {
            for (float[] weights : byLabel) {
                weights[feature] = feature % 7 == 3 ? 0 : (float) (random.nextDouble() * 0.4 - 0.3);
            }
            byLabel.get(random.nextInt(labels))[feature] *= 5;
        }
        for (float[] weights : byLabel) {
            weights[features] = (float) random.nextDouble() - 0.5f;
        }
        return new OneVersusRest.Weights(new TrainingRows(new FeatureMatrix.Builder(features, 0).build(), 1), byLabel);
    }

    @ParameterizedTest
    @CsvSource({"2, 5", "3, 40", "6, 40", "12, 40", "13, 40", "27, 300", "28, 300", "29, 300", "70, 20", "27, 90000"})
    void aScoreIsTheSumOfItsWeights(int labels, int features) {
        OneVersusRest.Weights weights = weights(labels, features);
        CompactWeights compact = CompactWeights.of(weights);
        float[] bias = weights.biasScores();
        float[] scores = new float[labels];
        for (int size : new int[] {0, 1, 5, 200}) {
            FeatureVector vector = LabelledVectors.randomVector(random, features, size);
            compact.score(vector, scores);
            for (int k = 0; k < labels; k++) {
                double expected = bias[k];
                for (int i = 0; i < vector.size(); i++) {
                    expected += vector.values()[i] * compact.weight(vector.indices()[i], k);
                }
                assertThat((double) scores[k])
                        .as("label %d of %d, %d features, seed %d", k, labels, vector.size(), Seed.value())
                        .isCloseTo(expected, within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"27, 300, 65000", "27, 90000, 250"})
    void aRoundedWeightIsOffByAtMostHalfALevel(int labels, int features, int levels) {
        OneVersusRest.Weights weights = weights(labels, features);
        CompactWeights compact = CompactWeights.of(weights);
        float[] row = new float[labels];
        for (int position = 0; position < features; position += 1 + features / 300) {
            weights.copy(position, row);
            float smallest = 0;
            float largest = 0;
            for (float weight : row) {
                smallest = Math.min(smallest, weight);
                largest = Math.max(largest, weight);
            }
            for (int k = 0; k < labels; k++) {
                assertThat(compact.weight(weights.featureAt(position), k))
                        .as("feature %d, seed %d", position, Seed.value())
                        .isCloseTo(row[k], within((double) (largest - smallest) / levels * 0.52 + 1e-7));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 90_000})
    void roundingChangesFewLabels(int features) {
        OneVersusRest.Weights weights = weights(27, features);
        CompactWeights compact = CompactWeights.of(weights);
        float[][] exact = new float[features][27];
        for (int position = 0; position < features; position++) {
            weights.copy(position, exact[weights.featureAt(position)]);
        }
        float[] scores = new float[27];
        int changed = 0;
        for (int n = 0; n < 5000; n++) {
            FeatureVector vector = LabelledVectors.randomVector(random, features, 30);
            double[] expected = new double[27];
            for (int k = 0; k < 27; k++) {
                expected[k] = weights.biasScores()[k];
                for (int i = 0; i < vector.size(); i++) {
                    expected[k] += (double) vector.values()[i] * exact[vector.indices()[i]][k];
                }
            }
            compact.score(vector, scores);
            changed += best(scores) == best(expected) ? 0 : 1;
        }
        // Random weights put the best two labels far closer together than trained ones do, hence the room.
        assertThat(changed).as("seed %d", Seed.value()).isLessThanOrEqualTo(features == 300 ? 5 : 75);
    }

    private static int best(float[] scores) {
        double[] wide = new double[scores.length];
        for (int k = 0; k < scores.length; k++) {
            wide[k] = scores[k];
        }
        return best(wide);
    }

    private static int best(double[] scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        return best;
    }

    @ParameterizedTest
    @CsvSource({"27, 300", "27, 90000"})
    void writtenWeightsAreReadTheSame(int labels, int features) throws IOException {
        CompactWeights compact = CompactWeights.of(weights(labels, features));
        byte[] first = bytes(compact);
        CompactWeights read = CompactWeights.read(labels, features, ByteBuffer.wrap(first));
        assertThat(bytes(read)).isEqualTo(first);
        assertThat(first.length).isLessThan(features * (labels * (features == 300 ? 2 : 1) + 5));
    }

    private static byte[] bytes(CompactWeights weights) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        weights.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
