package org.controlroom.ui.frame;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code cr:chart} draws and writes as a table. Made by {@link #lines}, {@link #barsOverTime} or {@link #curve} and
 * {@link #add}; colours, fonts and the reader's zone come in the browser.
 */
public final class ChartData {

    /** One line or one row of bars; null where nothing was measured. */
    public record Series(String name, List<@Nullable Double> values) {
        public Series {
            values = java.util.Collections.unmodifiableList(new ArrayList<>(values));
        }

        /** The value at a point, for the table. */
        public @Nullable Double at(int point) {
            return point < values.size() ? values.get(point) : null;
        }
    }

    private final String kind;
    private final boolean times;
    private final List<String> labels;
    private final List<Series> series = new ArrayList<>();
    private String unit = "";
    private String pointUnit = "";
    private String pointTitle = "";
    private String valueTitle = "";
    private boolean curve;
    private boolean stacked;

    private ChartData(String kind, boolean times, List<String> labels) {
        this.kind = kind;
        this.times = times;
        this.labels = List.copyOf(labels);
    }

    /** Lines over time. */
    public static ChartData lines(List<Instant> times) {
        return new ChartData("line", true, times.stream().map(Instant::toString).toList());
    }

    /**
     * Lines over a number, with the distances that the numbers have.
     *
     * @param xs ascending
     * @param unit written behind them
     */
    public static ChartData curve(List<Double> xs, String unit) {
        ChartData chart =
                new ChartData("line", false, xs.stream().map(String::valueOf).toList());
        chart.curve = true;
        chart.pointUnit = unit;
        return chart;
    }

    /** Bars over time. */
    public static ChartData barsOverTime(List<Instant> times) {
        return new ChartData("bar", true, times.stream().map(Instant::toString).toList());
    }

    /** @param values one a label, in their order */
    public ChartData add(String name, List<? extends @Nullable Number> values) {
        if (values.size() != labels.size()) {
            throw new IllegalArgumentException("chart: " + name + " has " + values.size()
                    + " values; must be one for each of " + labels.size() + " labels");
        }
        List<@Nullable Double> numbers = new ArrayList<>();
        for (Number value : values) {
            numbers.add(value == null || Double.isNaN(value.doubleValue()) ? null : (Double) value.doubleValue());
        }
        series.add(new Series(name, numbers));
        return this;
    }

    /** Written behind the values: {@code ms}, {@code %}. */
    public ChartData unit(String unit) {
        this.unit = unit;
        return this;
    }

    /** What stands along the axes. */
    public ChartData titled(String points, String values) {
        pointTitle = points;
        valueTitle = values;
        return this;
    }

    public ChartData stacked() {
        stacked = true;
        return this;
    }

    public List<String> getLabels() {
        return labels;
    }

    public List<Series> getSeries() {
        return List.copyOf(series);
    }

    public boolean isTimes() {
        return times;
    }

    public String getUnit() {
        return unit;
    }

    /** For {@code control-room.js}. */
    public String getJson() {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (Series one : series) {
            JsonArrayBuilder values = Json.createArrayBuilder();
            for (Double value : one.values()) {
                if (value == null) {
                    values.addNull();
                } else {
                    values.add(value);
                }
            }
            all.add(Json.createObjectBuilder().add("name", one.name()).add("values", values));
        }
        return Json.createObjectBuilder()
                .add("kind", kind)
                .add("times", times)
                .add("curve", curve)
                .add("stacked", stacked)
                .add("pointUnit", pointUnit)
                .add("pointTitle", pointTitle)
                .add("valueTitle", valueTitle)
                .add("unit", unit)
                .add("labels", Json.createArrayBuilder(labels))
                .add("series", all)
                .build()
                .toString();
    }
}
