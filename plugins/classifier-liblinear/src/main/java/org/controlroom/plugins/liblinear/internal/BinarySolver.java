package org.controlroom.plugins.liblinear.internal;

import java.util.SplittableRandom;

/** Finds the weights of one binary problem. Stateless; solves many problems at once. */
interface BinarySolver {

    /**
     * @param random decides the order of rows; the same state gives the same weights
     * @param checkpoint called at least once an iteration where that is possible; what it throws ends the work
     * @return one weight a position of {@link TrainingRows}, the last one that of the bias
     */
    Solution solve(BinaryProblem problem, SplittableRandom random, Runnable checkpoint);

    /**
     * @param weights one a position, the last one that of the bias
     * @param solved false when the limit of iterations came first
     */
    record Solution(float[] weights, boolean solved) {}

    /**
     * @param epsilon largest violation of optimality that counts as solved
     * @param maxIterations passes over the rows
     */
    record Limits(double epsilon, int maxIterations) {}
}
