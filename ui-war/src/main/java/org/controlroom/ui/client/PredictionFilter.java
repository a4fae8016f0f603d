package org.controlroom.ui.client;

import org.jspecify.annotations.Nullable;

/** What predictions are asked for; null where nothing is asked. The API checks the values. */
public record PredictionFilter(
        @Nullable String label,
        @Nullable String modelVersion,
        @Nullable String text,
        @Nullable String minConfidence,
        @Nullable String maxConfidence,
        @Nullable String from,
        @Nullable String to) {}
