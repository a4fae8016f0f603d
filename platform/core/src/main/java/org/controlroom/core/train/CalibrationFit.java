package org.controlroom.core.train;

import java.util.Arrays;
import org.controlroom.core.artifact.Calibration;

/**
 * Fits one temperature and one bias a label to scores of rows that the classifier was not trained on, by minimising the
 * log loss plus a small penalty on the biases. The loss is convex in these parameters; Newton's method with backtracking
 * finds its minimum in a few steps. Single-threaded and in one order, so that the same scores give the same bits.
 */
final class CalibrationFit {

    /** Weight of the squared biases: as much as one row, so that a label without rows keeps its bias near 0. */
    private static final double PENALTY = 1.0;

    /** A classifier worse than chance would get a negative factor, which would turn its answers round. */
    private static final double SMALLEST_FACTOR = 1e-3;

    private static final int MAX_STEPS = 50;
    private static final double ENOUGH = 1e-7;

    private final float[][] scores;
    private final int[] targets;
    private final int labels;

    /** Position of the temperature behind the biases. */
    private final int factor;

    private CalibrationFit(float[][] scores, int[] targets, int labels) {
        this.scores = scores;
        this.targets = targets;
        this.labels = labels;
        this.factor = labels;
    }

    /**
     * @param scores one row a product, one column a label
     * @param targets label position of each row
     */
    static Calibration fit(float[][] scores, int[] targets, int labels) {
        double[] best = new CalibrationFit(scores, targets, labels).minimise();
        float[] scale = new float[labels];
        Arrays.fill(scale, (float) Math.max(SMALLEST_FACTOR, best[labels]));
        float[] bias = new float[labels];
        for (int i = 0; i < labels; i++) {
            bias[i] = (float) best[i];
        }
        return new Calibration(scale, bias);
    }

    private double[] minimise() {
        double[] at = new double[labels + 1];
        at[factor] = 1;
        double loss = loss(at);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] gradient = new double[labels + 1];
            double[][] hessian = new double[labels + 1][labels + 1];
            derivatives(at, gradient, hessian);
            double[] direction = solve(hessian, gradient);
            double decrease = 0;
            for (int i = 0; i <= labels; i++) {
                decrease += direction[i] * gradient[i];
            }
            if (decrease < ENOUGH * scores.length) {
                return at;
            }
            double length = 1;
            double[] next = moved(at, direction, length);
            double nextLoss = loss(next);
            while (nextLoss > loss - 1e-4 * length * decrease && length > 1e-6) {
                length /= 2;
                next = moved(at, direction, length);
                nextLoss = loss(next);
            }
            if (nextLoss >= loss) {
                return at;
            }
            at = next;
            loss = nextLoss;
        }
        return at;
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] -= length * direction[i];
        }
        return to;
    }

    /** Probabilities of one row. @return logarithm of the target's probability */
    private double softmax(double[] at, int row, double[] out) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < labels; i++) {
            out[i] = at[factor] * scores[row][i] + at[i];
            max = Math.max(max, out[i]);
        }
        double target = out[targets[row]] - max;
        double sum = 0;
        for (int i = 0; i < labels; i++) {
            out[i] = StrictMath.exp(out[i] - max);
            sum += out[i];
        }
        for (int i = 0; i < labels; i++) {
            out[i] /= sum;
        }
        return target - StrictMath.log(sum);
    }

    private double loss(double[] at) {
        double[] p = new double[labels];
        double loss = 0;
        for (int row = 0; row < scores.length; row++) {
            loss -= softmax(at, row, p);
        }
        for (int i = 0; i < labels; i++) {
            loss += PENALTY / 2 * at[i] * at[i];
        }
        return loss;
    }

    private void derivatives(double[] at, double[] gradient, double[][] hessian) {
        double[] p = new double[labels];
        for (int row = 0; row < scores.length; row++) {
            softmax(at, row, p);
            float[] s = scores[row];
            double mean = 0;
            double square = 0;
            for (int i = 0; i < labels; i++) {
                mean += p[i] * s[i];
                square += p[i] * s[i] * s[i];
            }
            gradient[factor] += mean - s[targets[row]];
            hessian[factor][factor] += square - mean * mean;
            for (int i = 0; i < labels; i++) {
                double pi = p[i];
                gradient[i] += pi;
                hessian[factor][i] += pi * (s[i] - mean);
                double[] line = hessian[i];
                for (int j = 0; j <= i; j++) {
                    line[j] -= pi * p[j];
                }
                line[i] += pi;
            }
            gradient[targets[row]] -= 1;
        }
        for (int i = 0; i < labels; i++) {
            gradient[i] += PENALTY * at[i];
            hessian[i][i] += PENALTY;
        }
        // Scores that are all alike say nothing about the factor; this keeps the matrix invertible then.
        hessian[factor][factor] += 1e-6;
    }

    /** Solves the symmetric positive definite system by Cholesky decomposition; reads the lower triangle only. */
    private static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j][j];
            }
            for (int k = 0; k < i; k++) {
                x[i] -= matrix[i][k] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= matrix[k][i] * x[k];
            }
            x[i] /= matrix[i][i];
        }
        return x;
    }
}
