package org.controlroom.ui.client;

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
                JsonFields.number(row, "product_id"),
                JsonFields.text(row, "designation"),
                Long.toString(JsonFields.number(row, "true_label")),
                Long.toString(JsonFields.number(row, "predicted_label")),
                JsonFields.decimal(row, "confidence"),
                JsonFields.decimal(row, "probability_of_true"));
    }
}
