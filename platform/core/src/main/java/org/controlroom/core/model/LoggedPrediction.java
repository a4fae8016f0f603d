package org.controlroom.core.model;

import java.time.Instant;

/** A prediction as the log remembers it; fields as in {@link Prediction}. */
public record LoggedPrediction(
        String id,
        Instant time,
        String designation,
        String description,
        int label,
        float confidence,
        int textLength,
        String modelVersion,
        String modelStage) {}
