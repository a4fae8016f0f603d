package org.controlroom.core.model;

/** A prediction with its reasons. */
public record ExplainedPrediction(Prediction prediction, Explanation explanation) {}
