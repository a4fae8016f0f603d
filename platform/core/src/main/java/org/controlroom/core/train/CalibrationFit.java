package org.controlroom.core.train;

import org.controlroom.core.artifact.Calibration;

/**
 * Fits a {@link Calibration} to scores of rows that the classifier was not trained on, all labels together, by
 * minimising the log loss of the normalised probabilities. The parameters are one common slope and offset, and of each
 * label a deviation from both; the deviations are penalised, so that a label with few rows stays near the common values.
 * Single-threaded and in one order, with StrictMath, so that the same scores give the same bits.
 */
final class CalibrationFit {

    /** Weight of squared deviations, in rows; chosen on folds of the training part. */
    private static final double DEVIATION_PENALTY = 5;

    /** Weight of the common slope's squared logarithm: rows that are separated perfectly would drive it to infinity. */
    private static final double SLOPE_PENALTY = 0.1;

    private static final int MAX_STEPS = 200;
    private static final double ENOUGH = 1e-7;

    private final float[][] scores;
    private final int[] targets;
    private final int labels;

    private CalibrationFit(float[][] scores, int[] targets, int labels) {
        this.scores = scores;
        this.targets = targets;
        this.labels = labels;
    }

    /**
     * @param scores one row a product, at least one; one column a label
     * @param targets label position of each row
     */
    static Calibration fit(float[][] scores, int[] targets, int labels) {
        CalibrationFit problem = new CalibrationFit(scores, targets, labels);
        double[] best = LimitedMemoryBfgs.minimise(
                problem::loss, new double[2 + 2 * labels], MAX_STEPS, ENOUGH * scores.length);
        float[] scale = new float[labels];
        float[] bias = new float[labels];
        for (int i = 0; i < labels; i++) {
            scale[i] = (float) StrictMath.exp(best[0] + best[2 + i]);
            bias[i] = (float) (best[1] + best[2 + labels + i]);
        }
        return new Calibration(scale, bias);
    }

    /**
     * The penalised log loss of all rows.
     *
     * @param at logarithm of the common slope, common offset, then each label's deviation from the first and the second
     * @param gradient overwritten
     */
    private double loss(double[] at, double[] gradient) {
        double[] slope = new double[labels];
        double[] offset = new double[labels];
        for (int i = 0; i < labels; i++) {
            slope[i] = StrictMath.exp(at[0] + at[2 + i]);
            offset[i] = at[1] + at[2 + labels + i];
        }
        java.util.Arrays.fill(gradient, 0);
        double[] logs = new double[labels];
        double[] rest = new double[labels];
        double loss = 0;
        for (int row = 0; row < scores.length; row++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < labels; i++) {
                double u = slope[i] * scores[row][i] + offset[i];
                double e = StrictMath.exp(-Math.abs(u));
                // Logarithm of the sigmoid, and one minus the sigmoid, without cancellation.
                logs[i] = Math.min(u, 0) - StrictMath.log1p(e);
                rest[i] = (u < 0 ? 1 : e) / (1 + e);
                max = Math.max(max, logs[i]);
            }
            double sum = 0;
            for (int i = 0; i < labels; i++) {
                sum += StrictMath.exp(logs[i] - max);
            }
            double logSum = max + StrictMath.log(sum);
            loss += logSum - logs[targets[row]];
            for (int i = 0; i < labels; i++) {
                double p = StrictMath.exp(logs[i] - logSum);
                double byOffset = (p - (i == targets[row] ? 1 : 0)) * rest[i];
                gradient[2 + i] += byOffset * slope[i] * scores[row][i];
                gradient[2 + labels + i] += byOffset;
            }
        }
        return loss + penalties(at, gradient);
    }

    /** Adds the penalties' gradient, and sums the labels' gradients into those of the common parameters. */
    private double penalties(double[] at, double[] gradient) {
        double penalty = SLOPE_PENALTY / 2 * at[0] * at[0];
        for (int i = 0; i < labels; i++) {
            gradient[0] += gradient[2 + i];
            gradient[1] += gradient[2 + labels + i];
        }
        gradient[0] += SLOPE_PENALTY * at[0];
        for (int i = 2; i < at.length; i++) {
            penalty += DEVIATION_PENALTY / 2 * at[i] * at[i];
            gradient[i] += DEVIATION_PENALTY * at[i];
        }
        return penalty;
    }
}
