package org.controlroom.plugins.liblinear.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.Labels;
import org.controlroom.spi.TrainingContext;

/**
 * Trains one binary problem a label, in parallel. Each problem has a random generator of its own, split off in the order
 * of the labels, so that the weights do not depend on which thread solves what.
 */
public final class OneVersusRest {

    /** Beyond it, scores of ordinary vectors would leave the range of a float. */
    private static final float LARGEST_WEIGHT = 1e30f;

    private final Solver solver;
    private final BinarySolver.Limits limits;
    private final boolean library;
    private final double cost;
    private final boolean balanced;
    private final double bias;
    private final double naiveBayesPower;

    /**
     * @param library whether the library solves even what own solvers could
     * @param cost C, above 0
     * @param balanced whether the rows of a label cost C * rows / (labels * rows of the label)
     * @param bias value of the feature added to each row
     * @param naiveBayesPower see {@link NaiveBayesVariances}; 0 for equal variances, which the library needs
     */
    public OneVersusRest(
            Solver solver,
            boolean library,
            double cost,
            boolean balanced,
            double bias,
            double epsilon,
            int maxIterations,
            double naiveBayesPower) {
        this.solver = solver;
        this.limits = new BinarySolver.Limits(epsilon, maxIterations);
        this.library = library || !solver.own();
        this.cost = cost;
        this.balanced = balanced;
        this.bias = bias;
        this.naiveBayesPower = naiveBayesPower;
    }

    /**
     * @param labels code of each row, as many as rows
     * @param known the labels to tell apart, two or more, each with at least one row
     */
    public Weights train(FeatureMatrix matrix, int[] labels, Labels known, TrainingContext context) {
        context.progress().report("ordering features", 0, known.size());
        context.progress().throwIfCancelled();
        TrainingRows rows = new TrainingRows(matrix, bias);
        BinarySolver binarySolver = solver(rows);
        Optional<NaiveBayesVariances> evidence =
                naiveBayesPower > 0 ? Optional.of(new NaiveBayesVariances(rows, naiveBayesPower)) : Optional.empty();
        AtomicInteger done = new AtomicInteger();
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Callable<float[]>> tasks = new ArrayList<>();
        for (int k = 0; k < known.size(); k++) {
            BinaryProblem problem = problem(rows, labels, known, k);
            SplittableRandom own = random.split();
            tasks.add(() -> {
                context.progress().throwIfCancelled();
                BinarySolver.Solution solution = binarySolver.solve(
                        evidence.map(problem::weighted).orElse(problem), own, context.progress()::throwIfCancelled);
                String what = solution.solved()
                        ? "training " + solver
                        : "training " + solver + " (stopped at " + limits.maxIterations() + " iterations)";
                context.progress().report(what, done.incrementAndGet(), known.size());
                return solution.weights();
            });
        }
        List<float[]> byLabel = context.runAll(tasks);
        byLabel.forEach(OneVersusRest::requireUsable);
        return new Weights(rows, byLabel);
    }

    private BinarySolver solver(TrainingRows rows) {
        if (library) {
            return new LibrarySolver(solver, limits, rows);
        }
        return solver == Solver.L2R_LR_DUAL
                ? new DualLogisticSolver(limits)
                : new DualSvmSolver(solver == Solver.L2R_L2LOSS_SVC_DUAL, limits);
    }

    private BinaryProblem problem(TrainingRows rows, int[] labels, Labels known, int k) {
        boolean[] positive = new boolean[labels.length];
        int count = 0;
        for (int row = 0; row < labels.length; row++) {
            positive[row] = labels[row] == known.code(k);
            count += positive[row] ? 1 : 0;
        }
        double weight = balanced ? (double) labels.length / ((double) known.size() * count) : 1;
        return new BinaryProblem(rows, positive, cost * weight, cost);
    }

    private static void requireUsable(float[] weights) {
        for (float weight : weights) {
            if (!(Math.abs(weight) <= LARGEST_WEIGHT)) {
                throw new ControlRoomException(
                        ErrorCode.TRAINING_DATA_INVALID,
                        "classifier-liblinear: a weight is " + weight + "; must be at most " + LARGEST_WEIGHT
                                + "; the values of the features are too large");
            }
        }
    }

    /** The weights of all labels by feature. */
    public static final class Weights {

        private final TrainingRows rows;
        private final List<float[]> byLabel;

        Weights(TrainingRows rows, List<float[]> byLabel) {
            this.rows = rows;
            this.byLabel = byLabel;
        }

        int labels() {
            return byLabel.size();
        }

        int features() {
            return rows.positions() - 1;
        }

        /** Number of the feature whose weights {@link #copy} copies; every feature has one position. */
        int featureAt(int position) {
            return rows.featureAt(position);
        }

        /** Copies the weights at a position, one a label. */
        void copy(int position, float[] out) {
            for (int k = 0; k < out.length; k++) {
                out[k] = byLabel.get(k)[position];
            }
        }

        /** What the bias adds to the score of each label. */
        float[] biasScores() {
            float[] scores = new float[byLabel.size()];
            copy(rows.biasPosition(), scores);
            for (int k = 0; k < scores.length; k++) {
                scores[k] *= rows.bias();
            }
            return scores;
        }
    }
}
