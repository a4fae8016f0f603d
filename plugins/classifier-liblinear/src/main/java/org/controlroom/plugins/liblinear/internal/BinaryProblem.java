package org.controlroom.plugins.liblinear.internal;

/**
 * One label against the rest.
 *
 * @param rows the rows of all labels, shared by all problems
 * @param positive whether a row has the label, one entry a row
 * @param positiveCost C of the rows of the label
 * @param negativeCost C of the other rows
 */
record BinaryProblem(TrainingRows rows, boolean[] positive, double positiveCost, double negativeCost) {}
