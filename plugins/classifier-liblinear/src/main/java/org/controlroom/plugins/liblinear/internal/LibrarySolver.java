package org.controlroom.plugins.liblinear.internal;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import java.util.Random;
import java.util.SplittableRandom;

/** Solves with liblinear-java. Its rows are built once and shared by all problems; it cannot be cancelled inside one. */
final class LibrarySolver implements BinarySolver {

    private final Solver solver;
    private final Limits limits;
    private final Feature[][] nodes;

    LibrarySolver(Solver solver, Limits limits, TrainingRows rows) {
        this.solver = solver;
        this.limits = limits;
        nodes = new Feature[rows.rows()][];
        for (int row = 0; row < nodes.length; row++) {
            nodes[row] = row(rows, row);
        }
        Linear.disableDebugOutput();
    }

    /** The row in the library's numbering, which starts with 1; the bias is the last feature. */
    private static Feature[] row(TrainingRows rows, int row) {
        int from = rows.rowOffset(row);
        int size = rows.rowOffset(row + 1) - from;
        long[] sorted = new long[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = (long) rows.positionOfEntry(from + i) << 32 | i;
        }
        java.util.Arrays.sort(sorted);
        Feature[] features = new Feature[size + 1];
        for (int i = 0; i < size; i++) {
            features[i] = new FeatureNode((int) (sorted[i] >> 32) + 1, rows.valueOfEntry(from + (int) sorted[i]));
        }
        features[size] = new FeatureNode(rows.biasPosition() + 1, rows.bias());
        return features;
    }

    @Override
    public Solution solve(BinaryProblem binary, SplittableRandom random, Runnable checkpoint) {
        checkpoint.run();
        Problem problem = new Problem();
        problem.l = nodes.length;
        problem.n = binary.rows().positions();
        problem.x = nodes;
        problem.y = new double[nodes.length];
        for (int row = 0; row < nodes.length; row++) {
            problem.y[row] = binary.positive()[row] ? 1 : -1;
        }
        Parameter parameter = new Parameter(solver.libraryType(), 1, limits.epsilon(), limits.maxIterations(), 0.1);
        parameter.setWeights(new double[] {binary.positiveCost(), binary.negativeCost()}, new int[] {1, -1});
        // A generator of its own: the default one is the same for all problems of a parameter, in the order they ask.
        parameter.setRandom(new Random(random.nextLong()));
        Model model = Linear.train(problem, parameter);
        double sign = model.getLabels()[0] == 1 ? 1 : -1;
        float[] weights = new float[problem.n];
        for (int position = 0; position < weights.length; position++) {
            weights[position] = (float) (sign * model.getFeatureWeights()[position]);
        }
        return new Solution(weights, true);
    }
}
