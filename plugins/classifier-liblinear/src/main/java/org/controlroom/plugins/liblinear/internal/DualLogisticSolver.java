package org.controlroom.plugins.liblinear.internal;

import java.util.SplittableRandom;

/**
 * Logistic regression by coordinate descent in the dual.
 *
 * <p>Minimises {@code w'w/2 + sum C_i log(1 + exp(-y_i w'x_i))} through its dual: each row has a variable alpha in (0, C)
 * and its complement C - alpha; each visit solves for the pair by Newton steps on the smaller of the two, where the
 * logarithm is precise. From H.-F. Yu, F.-L. Huang, C.-J. Lin: Dual coordinate descent methods for logistic regression
 * and maximum entropy models, Machine Learning 85 (2011), algorithm 5; the same as LIBLINEAR's solver 7.
 */
final class DualLogisticSolver implements BinarySolver {

    /** Newton's steps shrink a variable by this where they would leave its range. */
    private static final double RETREAT = 0.1;

    private static final int MOST_NEWTON_STEPS = 100;

    private final Limits limits;

    DualLogisticSolver(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Solution solve(BinaryProblem problem, SplittableRandom random, Runnable checkpoint) {
        Descent descent = new Descent(problem);
        double finestTolerance = Math.min(1e-8, limits.epsilon());
        for (int iteration = 0; iteration < limits.maxIterations(); iteration++) {
            checkpoint.run();
            descent.order.shuffle(random);
            descent.visitAllRows();
            if (descent.largestGradient < limits.epsilon()) {
                return new Solution(descent.weights, true);
            }
            if (descent.newtonSteps <= descent.rows.rows() / 10) {
                descent.tolerance = Math.max(finestTolerance, 0.1 * descent.tolerance);
            }
        }
        return new Solution(descent.weights, false);
    }

    private static final class Descent {

        final TrainingRows rows;
        final RowOrder order;
        final float[] weights;
        private final BinaryProblem problem;
        /** Variable and complement of row r at 2r and 2r + 1. */
        private final double[] alphas;

        double largestGradient;
        long newtonSteps;
        /** A pair whose gradient is smaller is left as it is. */
        double tolerance = 1e-2;

        Descent(BinaryProblem problem) {
            this.problem = problem;
            rows = problem.rows();
            order = new RowOrder(rows.rows());
            weights = new float[rows.positions()];
            alphas = new double[2 * rows.rows()];
            for (int row = 0; row < rows.rows(); row++) {
                double cost = cost(row);
                // Not zero, where the logarithm has no value.
                double start = Math.min(0.001 * cost, 1e-8);
                alphas[2 * row] = start;
                alphas[2 * row + 1] = cost - start;
                rows.addTo(weights, row, (float) (sign(row) * start));
            }
        }

        private double cost(int row) {
            return problem.positive()[row] ? problem.positiveCost() : problem.negativeCost();
        }

        private double sign(int row) {
            return problem.positive()[row] ? 1 : -1;
        }

        void visitAllRows() {
            largestGradient = 0;
            newtonSteps = 0;
            for (int place = 0; place < order.active(); place++) {
                visit(order.row(place));
            }
        }

        private void visit(int row) {
            double norm = rows.squaredNorm(row);
            double slope = sign(row) * rows.dot(row, weights);
            boolean complement = 0.5 * norm * (alphas[2 * row + 1] - alphas[2 * row]) + slope < 0;
            int chosen = complement ? 2 * row + 1 : 2 * row;
            double direction = complement ? -1 : 1;
            double cost = cost(row);
            double before = alphas[chosen];
            double z = cost - before < 0.5 * cost ? RETREAT * before : before;
            double gradient = norm * (z - before) + direction * slope + Math.log(z / (cost - z));
            largestGradient = Math.max(largestGradient, Math.abs(gradient));
            int steps = 0;
            while (steps <= MOST_NEWTON_STEPS && Math.abs(gradient) >= tolerance) {
                double next = z - gradient / (norm + cost / (cost - z) / z);
                z = next <= 0 ? RETREAT * z : next;
                gradient = norm * (z - before) + direction * slope + Math.log(z / (cost - z));
                steps++;
            }
            if (steps > 0) {
                newtonSteps += steps;
                alphas[chosen] = z;
                alphas[complement ? 2 * row : 2 * row + 1] = cost - z;
                rows.addTo(weights, row, (float) (direction * (z - before) * sign(row)));
            }
        }
    }
}
