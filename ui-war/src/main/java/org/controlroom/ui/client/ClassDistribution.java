package org.controlroom.ui.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of each class in a run.
 *
 * @param classes the most frequent in training first
 */
public record ClassDistribution(List<OfClass> classes) {

    /**
     * @param train rows on the training side
     * @param test rows that were held out
     * @param predicted answers with this class on those held out
     */
    public record OfClass(String code, long train, long test, long predicted) {

        /** The largest of the three. */
        public long most() {
            return Math.max(train, Math.max(test, predicted));
        }
    }

    static ClassDistribution of(JsonObject file) {
        JsonArray labels = JsonFields.array(file, "labels");
        List<OfClass> classes = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            classes.add(new OfClass(
                    Long.toString(number(labels, i)),
                    number(JsonFields.array(file, "train"), i),
                    number(JsonFields.array(file, "test"), i),
                    number(JsonFields.array(file, "predicted"), i)));
        }
        classes.sort(Comparator.comparingLong(OfClass::train)
                .thenComparingLong(OfClass::test)
                .reversed());
        return new ClassDistribution(List.copyOf(classes));
    }

    private static long number(JsonArray numbers, int i) {
        return i < numbers.size() && numbers.get(i) instanceof JsonNumber number ? number.longValue() : 0;
    }
}
