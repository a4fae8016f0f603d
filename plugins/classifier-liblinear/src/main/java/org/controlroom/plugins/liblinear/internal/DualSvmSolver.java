package org.controlroom.plugins.liblinear.internal;

import java.util.SplittableRandom;

/**
 * Linear support vector machine by coordinate descent in the dual, with shrinking.
 *
 * <p>Minimises {@code w'w/2 + sum C_i max(0, 1 - y_i w'x_i)^p} with p = 1 or 2 through its dual, one variable a row, each
 * visit solving for that variable alone. From C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi, S. Sundararajan: A Dual
 * Coordinate Descent Method for Large-scale Linear SVM, ICML 2008, algorithm 3; the same as LIBLINEAR's solvers 1 and 3.
 */
final class DualSvmSolver implements BinarySolver {

    /** A projected gradient this small is not worth a change of the weights. */
    private static final double NEGLIGIBLE = 1e-12;

    private final boolean squaredLoss;
    private final Limits limits;

    /** @param squaredLoss squared hinge loss (p = 2) instead of hinge loss (p = 1) */
    DualSvmSolver(boolean squaredLoss, Limits limits) {
        this.squaredLoss = squaredLoss;
        this.limits = limits;
    }

    @Override
    public Solution solve(BinaryProblem problem, SplittableRandom random, Runnable checkpoint) {
        Descent descent = new Descent(problem);
        for (int iteration = 0; iteration < limits.maxIterations(); iteration++) {
            checkpoint.run();
            descent.order.shuffle(random);
            descent.visitActiveRows();
            if (descent.violation() > limits.epsilon()) {
                descent.tightenShrinking();
            } else if (descent.order.complete()) {
                return new Solution(descent.weights, true);
            } else {
                // Solved on the active rows only: look at all of them again before believing it.
                descent.order.restore();
                descent.loosenShrinking();
            }
        }
        return new Solution(descent.weights, false);
    }

    private final class Descent {

        final TrainingRows rows;
        final boolean[] positive;
        final RowOrder order;
        final float[] weights;
        private final double[] alphas;
        /** Diagonal term and upper bound of the rows of the label and of the others. */
        private final double positiveDiagonal;

        private final double negativeDiagonal;
        private final double positiveBound;
        private final double negativeBound;
        /** Rows whose gradient lies outside these, at a bound, are set aside. */
        private double shrinkAbove = Double.POSITIVE_INFINITY;

        private double shrinkBelow = Double.NEGATIVE_INFINITY;
        private double largest;
        private double smallest;

        Descent(BinaryProblem problem) {
            rows = problem.rows();
            positive = problem.positive();
            order = new RowOrder(rows.rows());
            weights = new float[rows.positions()];
            alphas = new double[rows.rows()];
            positiveDiagonal = squaredLoss ? 0.5 / problem.positiveCost() : 0;
            negativeDiagonal = squaredLoss ? 0.5 / problem.negativeCost() : 0;
            positiveBound = squaredLoss ? Double.POSITIVE_INFINITY : problem.positiveCost();
            negativeBound = squaredLoss ? Double.POSITIVE_INFINITY : problem.negativeCost();
        }

        void visitActiveRows() {
            largest = Double.NEGATIVE_INFINITY;
            smallest = Double.POSITIVE_INFINITY;
            for (int place = 0; place < order.active(); place++) {
                int row = order.row(place);
                double sign = positive[row] ? 1 : -1;
                double diagonal = positive[row] ? positiveDiagonal : negativeDiagonal;
                double bound = positive[row] ? positiveBound : negativeBound;
                double alpha = alphas[row];
                double gradient = sign * rows.dot(row, weights) - 1 + diagonal * alpha;
                if ((alpha == 0 && gradient > shrinkAbove) || (alpha >= bound && gradient < shrinkBelow)) {
                    order.setAside(place);
                    place--;
                    continue;
                }
                double projected = gradient;
                if (alpha == 0) {
                    projected = Math.min(gradient, 0);
                } else if (alpha >= bound) {
                    projected = Math.max(gradient, 0);
                }
                largest = Math.max(largest, projected);
                smallest = Math.min(smallest, projected);
                if (Math.abs(projected) > NEGLIGIBLE) {
                    double step = gradient / (rows.squaredNorm(row) + diagonal);
                    alphas[row] = Math.min(Math.max(alpha - step, 0), bound);
                    rows.addTo(weights, row, (float) ((alphas[row] - alpha) * sign));
                }
            }
        }

        /** Distance of the largest and the smallest projected gradient; 0 at the optimum. */
        double violation() {
            return order.active() == 0 ? 0 : largest - smallest;
        }

        void tightenShrinking() {
            shrinkAbove = largest <= 0 ? Double.POSITIVE_INFINITY : largest;
            shrinkBelow = smallest >= 0 ? Double.NEGATIVE_INFINITY : smallest;
        }

        void loosenShrinking() {
            shrinkAbove = Double.POSITIVE_INFINITY;
            shrinkBelow = Double.NEGATIVE_INFINITY;
        }
    }
}
