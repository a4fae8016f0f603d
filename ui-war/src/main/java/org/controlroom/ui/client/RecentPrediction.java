package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * One logged prediction, in short.
 *
 * @param confidence 0..1
 */
public record RecentPrediction(
        String id, Instant time, String designation, int label, double confidence, String modelVersion) {

    static RecentPrediction of(JsonObject prediction) {
        return new RecentPrediction(
                prediction.getString("id"),
                Instant.parse(prediction.getString("time")),
                prediction.getString("designation", ""),
                prediction.getInt("label"),
                prediction.getJsonNumber("confidence").doubleValue(),
                prediction.getString("model_version", ""));
    }
}
