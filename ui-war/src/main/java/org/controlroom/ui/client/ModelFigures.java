package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was measured when a model was trained, on rows that took no part in it. Null where the run does not say.
 *
 * @param registeredAt when this version was registered, right after its training
 * @param f1Weighted mean F1 over the classes, weighted with their rows, 0..1
 * @param accuracy share of right answers, 0..1
 * @param calibrationError expected calibration error, 0..1
 * @param trainRows products it was trained on
 * @param testRows products it was measured on
 * @param datasetHash content hash of the snapshot
 * @param preset named group of settings
 */
public record ModelFigures(
        @Nullable Instant registeredAt,
        @Nullable Double f1Weighted,
        @Nullable Double accuracy,
        @Nullable Double calibrationError,
        @Nullable Long trainRows,
        @Nullable Long testRows,
        @Nullable String datasetHash,
        @Nullable String preset) {

    /** As the registry has them. */
    static ModelFigures of(JsonObject version, JsonObject run) {
        return of(
                JsonFields.instantOrNull(version, "created_at"),
                JsonFields.object(run, "metrics"),
                JsonFields.object(run, "parameters"));
    }

    /**
     * As the node has them of the live model.
     *
     * @return null when nothing was measured before the model was registered
     */
    static @Nullable ModelFigures ofLive(JsonObject model) {
        JsonObject measured = JsonFields.object(model, "figures");
        return JsonFields.decimalOrNull(measured, "f1_weighted") == null
                ? null
                : of(
                        JsonFields.instantOrNull(model, "registered_at"),
                        measured,
                        JsonFields.object(model, "provenance"));
    }

    private static ModelFigures of(@Nullable Instant registeredAt, JsonObject metrics, JsonObject parameters) {
        return new ModelFigures(
                registeredAt,
                JsonFields.decimalOrNull(metrics, "f1_weighted"),
                JsonFields.decimalOrNull(metrics, "accuracy"),
                JsonFields.decimalOrNull(metrics, "ece"),
                rows(parameters, "train_rows"),
                rows(parameters, "test_rows"),
                parameters.getString("dataset_hash", null),
                parameters.getString("preset", null));
    }

    private static @Nullable Long rows(JsonObject parameters, String key) {
        try {
            return Long.valueOf(parameters.getString(key, ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
