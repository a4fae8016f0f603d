package org.controlroom.testkit;

import java.util.SplittableRandom;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;

/**
 * Made-up training data that a linear classifier can learn: each label has features of its own, mixed with noise that all
 * share.
 *
 * @param vectors one row a product
 * @param labels code of each row
 */
public record LabelledVectors(FeatureMatrix vectors, int[] labels) {

    private static final int FEATURES_OF_A_LABEL = 12;
    private static final int SHARED_FEATURES = 60;

    /**
     * @param random where rows come from; the same generator state gives the same rows
     * @param rows at least as many as codes; every code occurs
     * @param codes labels; the first is three times as frequent as each other one
     */
    public static LabelledVectors separable(SplittableRandom random, int rows, int... codes) {
        int columns = codes.length * FEATURES_OF_A_LABEL + SHARED_FEATURES;
        FeatureMatrix.Builder builder = new FeatureMatrix.Builder(columns, rows);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            int label = row < codes.length ? row : Math.max(0, random.nextInt(codes.length + 2) - 2);
            labels[row] = codes[label];
            builder.add(vector(random, label, codes.length));
        }
        return new LabelledVectors(builder.build(), labels);
    }

    private static FeatureVector vector(SplittableRandom random, int label, int labelCount) {
        boolean[] used = new boolean[labelCount * FEATURES_OF_A_LABEL + SHARED_FEATURES];
        FeatureVector vector = new FeatureVector();
        int from = label * FEATURES_OF_A_LABEL;
        for (int i = 0; i < 5; i++) {
            addOnce(vector, used, from + random.nextInt(FEATURES_OF_A_LABEL), 0.3f + (float) random.nextDouble());
        }
        from = labelCount * FEATURES_OF_A_LABEL;
        for (int i = random.nextInt(8); i > 0; i--) {
            addOnce(vector, used, from + random.nextInt(SHARED_FEATURES), (float) random.nextDouble());
        }
        return vector;
    }

    private static void addOnce(FeatureVector vector, boolean[] used, int index, float value) {
        if (!used[index]) {
            used[index] = true;
            vector.add(index, value);
        }
    }

    /** A vector of random features with random values, positive and negative. */
    public static FeatureVector randomVector(SplittableRandom random, int columns, int size) {
        FeatureVector vector = new FeatureVector();
        boolean[] used = new boolean[columns];
        for (int i = 0; i < size; i++) {
            addOnce(vector, used, random.nextInt(columns), (float) (random.nextDouble() * 4 - 2));
        }
        return vector;
    }

    /** The rows {@code from} (inclusive) to {@code to} (exclusive). */
    public LabelledVectors rows(int from, int to) {
        int[] rows = new int[to - from];
        int[] selected = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = from + i;
            selected[i] = labels[from + i];
        }
        return new LabelledVectors(vectors.select(rows), selected);
    }
}
