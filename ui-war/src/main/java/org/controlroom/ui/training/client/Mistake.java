package org.controlroom.ui.training.client;

import jakarta.json.JsonObject;

/** One hold-out product that was answered wrongly. */
public record Mistake(
        long productId,
        String designation,
        String trueLabel,
        String predictedLabel,
        double confidence,
        double probabilityOfTrue) {

    static Mistake of(JsonObject row) {
        return new Mistake(
                Fields.integer(row, "product_id"),
                Fields.text(row, "designation"),
                Long.toString(Fields.integer(row, "true_label")),
                Long.toString(Fields.integer(row, "predicted_label")),
                Fields.decimal(row, "confidence"),
                Fields.decimal(row, "probability_of_true"));
    }
}
