package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the evaluate step found on the hold-out rows. */
public record Evaluation(
        long trainRows, long testRows, double baseline, List<OfClass> classes, List<Bin> bins, List<Point> coverage) {

    /** Figures of one class, each 0..1. */
    public record OfClass(String code, long support, double precision, double recall, double f1) {}

    /** Answers whose confidence lies in one fifteenth of 0..1. */
    public record Bin(double from, double to, long rows, double confidence, double accuracy) {}

    /** What is left when only answers of at least this confidence count. */
    public record Point(double threshold, double coverage, double accuracy) {}

    static Evaluation of(JsonObject file) {
        JsonObject perClass = JsonFields.object(file, "classes");
        List<OfClass> classes = new ArrayList<>();
        for (Map.Entry<String, jakarta.json.JsonValue> entry : perClass.entrySet()) {
            JsonObject figures = entry.getValue().asJsonObject();
            classes.add(new OfClass(
                    entry.getKey(),
                    JsonFields.number(figures, "support"),
                    JsonFields.decimal(figures, "precision"),
                    JsonFields.decimal(figures, "recall"),
                    JsonFields.decimal(figures, "f1")));
        }
        classes.sort(Comparator.comparingDouble(OfClass::f1));
        List<JsonObject> kept = JsonFields.objects(file, "calibration_bins", bin -> bin);
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            JsonObject bin = kept.get(i);
            long rows = JsonFields.number(bin, "rows");
            if (rows > 0) {
                bins.add(new Bin(
                        (double) i / kept.size(),
                        (i + 1.0) / kept.size(),
                        rows,
                        JsonFields.decimal(bin, "confidence"),
                        JsonFields.decimal(bin, "accuracy")));
            }
        }
        return new Evaluation(
                JsonFields.number(file, "train_rows"),
                JsonFields.number(file, "test_rows"),
                JsonFields.decimal(JsonFields.object(file, "majority_baseline"), "f1_weighted"),
                classes,
                bins,
                JsonFields.objects(
                        file,
                        "coverage",
                        point -> new Point(
                                JsonFields.decimal(point, "threshold"),
                                JsonFields.decimal(point, "coverage"),
                                JsonFields.decimal(point, "accuracy"))));
    }
}
