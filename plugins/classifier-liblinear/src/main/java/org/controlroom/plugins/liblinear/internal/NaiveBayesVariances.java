package org.controlroom.plugins.liblinear.internal;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far each feature's weight may go in the problem of one label: prior variances from the feature's log-count ratio,
 * the strength of its evidence in naive Bayes.
 *
 * <p>After S. Wang, C. D. Manning: Baselines and Bigrams: Simple, Good Sentiment and Topic Classification, ACL 2012, which
 * multiplies the features by the ratio before a support vector machine is trained. Here the ratio is taken to a power, and
 * becomes a variance of the weights instead, which is the same problem and leaves the features as they are.
 */
final class NaiveBayesVariances {

    /** Rows added to every feature, shared between the label and the rest as all rows are: rare features say little. */
    private static final double SMOOTHING = 1;

    private final TrainingRows rows;
    private final double power;
    private final int[] frequencies;
    private final double[] squares;

    /** @param power of the ratio, above 0 */
    NaiveBayesVariances(TrainingRows rows, double power) {
        this.rows = rows;
        this.power = power;
        frequencies = new int[rows.positions()];
        squares = new double[rows.positions()];
        int entries = rows.rowOffset(rows.rows());
        for (int entry = 0; entry < entries; entry++) {
            int position = rows.positionOfEntry(entry);
            frequencies[position]++;
            squares[position] += (double) rows.valueOfEntry(entry) * rows.valueOfEntry(entry);
        }
    }

    /**
     * The variance of each position, scaled so that the rows are as long as before on average and C keeps its meaning.
     * Empty when no feature says anything about the label.
     *
     * @param positive whether a row has the label; some have it and some not
     */
    Optional<float[]> of(boolean[] positive) {
        int[] withLabel = new int[rows.positions()];
        int positives = 0;
        for (int row = 0; row < positive.length; row++) {
            if (positive[row]) {
                positives++;
                for (int entry = rows.rowOffset(row); entry < rows.rowOffset(row + 1); entry++) {
                    withLabel[rows.positionOfEntry(entry)]++;
                }
            }
        }
        double share = (double) positives / positive.length;
        float[] variances = new float[rows.positions()];
        double before = 0;
        double after = 0;
        for (int position = 0; position < rows.biasPosition(); position++) {
            double there = (withLabel[position] + SMOOTHING * share) / share;
            double elsewhere = (frequencies[position] - withLabel[position] + SMOOTHING * (1 - share)) / (1 - share);
            variances[position] = (float) variance(Math.abs(StrictMath.log(there / elsewhere)));
            before += squares[position];
            after += squares[position] * variances[position];
        }
        if (!(after > 0) || !Double.isFinite(after)) {
            return Optional.empty();
        }
        float scale = (float) (before / after);
        for (int position = 0; position < rows.biasPosition(); position++) {
            variances[position] *= scale;
        }
        Arrays.fill(variances, rows.biasPosition(), variances.length, 1);
        return Optional.of(variances);
    }

    /** Square of the ratio's power, because a feature times r has a weight of variance r * r. */
    private double variance(double ratio) {
        return power == 0.5 ? ratio : StrictMath.pow(ratio, 2 * power);
    }
}
