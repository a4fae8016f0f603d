package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.Explaining;

/**
 * Demands of an {@link Explaining} classifier that its contributions add up to the score, to the bit, and that each is
 * really what its feature adds.
 */
public final class ExplanationAttacks {

    private static final float MARK = 42f;
    private static final double CANCELLED = 0x1p-50;

    private ExplanationAttacks() {}

    /** Bias and contributions, added in any order, are the score with all its bits. */
    public static void contributionsAddUpToTheScore(Classifier classifier, List<FeatureVector> vectors) {
        SplittableRandom random = Seed.random();
        for (FeatureVector vector : vectors) {
            float[] scores = scores(classifier, vector);
            for (int label = 0; label < scores.length; label++) {
                double[] parts = parts(classifier, vector, label);
                double sum = Arrays.stream(parts).reduce(0, Double::sum);
                double all = Arrays.stream(parts).map(Math::abs).reduce(0, Double::sum);
                boolean exact = Float.floatToIntBits((float) sum + 0f) == Float.floatToIntBits(scores[label] + 0f);
                assertThat(exact || Math.abs(sum - scores[label]) <= all * CANCELLED)
                        .as(
                                "vector of %d features, label %d: the parts add up to %s, the score is %s; seed %d",
                                vector.size(), label, sum, scores[label], Seed.value())
                        .isTrue();
                shuffle(random, parts);
                assertThat(Arrays.stream(parts).reduce(0, Double::sum))
                        .as("the sum in another order, seed %d", Seed.value())
                        .isEqualTo(sum);
            }
        }
    }

    private static void shuffle(SplittableRandom random, double[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            double swapped = values[i];
            values[i] = values[k];
            values[k] = swapped;
        }
    }

    /** The bias is what an empty vector scores, whatever is in the vector: nothing is hidden in it. */
    public static void theBiasIsTheScoreOfNothing(Classifier classifier, List<FeatureVector> vectors) {
        float[] empty = scores(classifier, new FeatureVector());
        for (FeatureVector vector : vectors) {
            double[] bias = new double[empty.length];
            double largest = 0;
            for (int label = 0; label < empty.length; label++) {
                double[] parts = parts(classifier, vector, label);
                bias[label] = parts[parts.length - 1];
                largest = Math.max(largest, Arrays.stream(parts).map(Math::abs).sum());
            }
            for (int label = 0; label < empty.length; label++) {
                assertThat(bias[label])
                        .as("bias of label %d for %d features, seed %d", label, vector.size(), Seed.value())
                        .isCloseTo(empty[label], within(roundingOf(largest)));
            }
        }
    }

    /**
     * By how much a score may be rounded.
     *
     * @param largest of all labels' sizes: weights may be stored relative to each other, and rounded as the largest is
     */
    private static double roundingOf(double largest) {
        return 1e-5 * largest + 1e-30;
    }

    /** What a feature is said to add is what a vector with nothing else scores above an empty one. */
    public static void aFeatureAloneAddsWhatItIsSaidToAdd(Classifier classifier) {
        float[] empty = scores(classifier, new FeatureVector());
        SplittableRandom random = Seed.random();
        for (int round = 0; round < 50; round++) {
            FeatureVector one = LabelledVectors.randomVector(random, classifier.featureCount(), 1);
            float[] scores = scores(classifier, one);
            double largest = 0;
            for (int label = 0; label < scores.length; label++) {
                largest = Math.max(largest, Math.abs((double) scores[label]) + Math.abs(empty[label]));
            }
            for (int label = 0; label < scores.length; label++) {
                assertThat(parts(classifier, one, label)[0])
                        .as("feature %d, label %d, seed %d", one.indices()[0], label, Seed.value())
                        .isCloseTo((double) scores[label] - empty[label], within(roundingOf(largest)));
            }
        }
    }

    /** The contributions in the order of the vector, then the bias; nothing else is written. */
    private static double[] parts(Classifier classifier, FeatureVector vector, int label) {
        double[] out = new double[vector.size() + 2];
        Arrays.fill(out, MARK);
        double bias = ((Explaining) classifier).explain(vector, label, out);
        assertThat(out[vector.size()]).as("behind the contributions").isEqualTo(MARK);
        double[] parts = Arrays.copyOf(out, vector.size() + 1);
        parts[vector.size()] = bias;
        for (double part : parts) {
            assertThat(part).as("a part, seed %d", Seed.value()).isFinite();
        }
        return parts;
    }

    private static float[] scores(Classifier classifier, FeatureVector vector) {
        float[] out = new float[classifier.labels().size()];
        classifier.score(vector, out);
        return out;
    }
}
