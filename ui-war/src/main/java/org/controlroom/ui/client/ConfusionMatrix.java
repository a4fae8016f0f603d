package org.controlroom.ui.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * How often each class was answered with each class.
 *
 * @param labels codes, ascending
 * @param counts by true label, then predicted label, in the order of {@code labels}
 */
public record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {

    static ConfusionMatrix of(JsonObject file) {
        List<String> labels = JsonFields.array(file, "labels").stream()
                .map(label -> Long.toString(((JsonNumber) label).longValue()))
                .toList();
        List<List<Long>> counts = new ArrayList<>();
        for (JsonArray line : JsonFields.array(file, "rows_are_true_labels").getValuesAs(JsonArray.class)) {
            counts.add(
                    line.stream().map(count -> ((JsonNumber) count).longValue()).toList());
        }
        return new ConfusionMatrix(labels, List.copyOf(counts));
    }
}
