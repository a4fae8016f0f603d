package org.controlroom.ui.client;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * One prediction.
 *
 * @param label the predicted product type code
 * @param confidence its probability, 0..1
 * @param best the likeliest codes, best first
 */
public record Answer(
        String id, int label, double confidence, List<Candidate> best, String modelName, String modelVersion) {

    public Answer {
        best = List.copyOf(best);
    }

    /** @param probability 0..1 */
    public record Candidate(String label, double probability) {}

    static Answer of(JsonObject answer) {
        List<Candidate> best = JsonFields.object(answer, "probabilities").entrySet().stream()
                .map(entry -> new Candidate(entry.getKey(), ((JsonNumber) entry.getValue()).doubleValue()))
                .toList();
        return new Answer(
                answer.getString("prediction_id"),
                answer.getInt("predicted_class"),
                answer.getJsonNumber("confidence").doubleValue(),
                best,
                answer.getString("model_name", ""),
                answer.getString("model_version", ""));
    }
}
