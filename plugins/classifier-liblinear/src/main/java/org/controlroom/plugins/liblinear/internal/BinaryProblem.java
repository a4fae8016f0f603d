package org.controlroom.plugins.liblinear.internal;

/**
 * One label against the rest.
 *
 * @param rows the rows of all labels, shared by all problems
 * @param positive whether a row has the label, one entry a row
 * @param positiveCost C of the rows of the label
 * @param negativeCost C of the other rows
 */
record BinaryProblem(TrainingRows rows, boolean[] positive, double positiveCost, double negativeCost) {

    /** The same problem with the variances that the rows of the label suggest. */
    BinaryProblem weighted(NaiveBayesVariances evidence) {
        return evidence.of(positive)
                .map(variances ->
                        new BinaryProblem(rows.withVariances(variances), positive, positiveCost, negativeCost))
                .orElse(this);
    }
}
