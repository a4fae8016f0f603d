package org.controlroom.ui.client;

import jakarta.json.JsonObject;

/**
 * One row that two versions answer differently.
 *
 * @param change {@code better}, {@code worse} or {@code both_wrong}, seen from the version that is looked at
 */
public record ComparedRow(
        long productId,
        String designation,
        long trueLabel,
        long label,
        double confidence,
        long otherLabel,
        double otherConfidence,
        String change) {

    static ComparedRow of(JsonObject row) {
        return new ComparedRow(
                JsonFields.number(row, "product_id"),
                JsonFields.text(row, "designation"),
                JsonFields.number(row, "true_label"),
                JsonFields.number(row, "label"),
                JsonFields.decimal(row, "confidence"),
                JsonFields.number(row, "other_label"),
                JsonFields.decimal(row, "other_confidence"),
                JsonFields.text(row, "change"));
    }
}
