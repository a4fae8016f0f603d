package org.controlroom.ui.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What answering only the surest rows would mean.
 *
 * @param area under the curve: mean risk over all rows
 * @param points coverage ascending to 1
 */
public record RiskCurve(double area, List<Point> points) {

    /**
     * @param coverage share of the rows that are answered
     * @param risk share of the answered rows whose answer is wrong
     */
    public record Point(double coverage, double risk) {}

    static RiskCurve of(JsonObject file) {
        JsonArray coverage = JsonFields.array(file, "coverage");
        JsonArray risk = JsonFields.array(file, "risk");
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < Math.min(coverage.size(), risk.size()); i++) {
            if (coverage.get(i) instanceof JsonNumber x && risk.get(i) instanceof JsonNumber y) {
                points.add(new Point(x.doubleValue(), y.doubleValue()));
            }
        }
        return new RiskCurve(JsonFields.decimal(file, "area"), List.copyOf(points));
    }
}
