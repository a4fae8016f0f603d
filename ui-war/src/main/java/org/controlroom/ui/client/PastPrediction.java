package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;

/** A prediction as the log remembers it. */
public record PastPrediction(
        String id,
        Instant time,
        String designation,
        String description,
        int label,
        double confidence,
        int textLength,
        String modelVersion,
        String modelStage) {

    static PastPrediction of(JsonObject item) {
        return new PastPrediction(
                item.getString("id"),
                Instant.parse(item.getString("time")),
                item.getString("designation"),
                item.getString("description", ""),
                item.getInt("label"),
                item.getJsonNumber("confidence").doubleValue(),
                item.getInt("text_length", 0),
                item.getString("model_version", ""),
                item.getString("model_stage", ""));
    }
}
