package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * Two versions on the same rows.
 *
 * @param version the one that is looked at; the rows are what its training held out
 * @param onlyVersion rows on which only it is right
 * @param onlyOther rows on which only the other is right
 * @param statistic of McNemar's test, with continuity correction
 */
public record Comparison(
        String version,
        String other,
        long rows,
        long seenByOther,
        boolean sameDataset,
        double agreement,
        long bothRight,
        long bothWrong,
        long changed,
        long onlyVersion,
        long onlyOther,
        double statistic,
        double pValue,
        boolean significant,
        List<Metric> metrics,
        List<Label> classes) {

    /** One figure of both. */
    public record Metric(String metric, double value, double other, double difference) {}

    /** F1 of one label. */
    public record Label(long label, long support, double f1, double other, double difference, long changed) {}

    static Comparison of(JsonObject comparison) {
        JsonObject rows = JsonFields.object(comparison, "rows");
        JsonObject test = JsonFields.object(comparison, "mc_nemar");
        return new Comparison(
                JsonFields.text(comparison, "version"),
                JsonFields.text(comparison, "other"),
                JsonFields.number(rows, "rows"),
                JsonFields.number(rows, "seen_by_other"),
                rows.getBoolean("same_dataset", false),
                JsonFields.decimal(comparison, "agreement"),
                JsonFields.number(comparison, "both_right"),
                JsonFields.number(comparison, "both_wrong"),
                JsonFields.number(comparison, "changed"),
                JsonFields.number(test, "only_first"),
                JsonFields.number(test, "only_second"),
                JsonFields.decimal(test, "statistic"),
                JsonFields.decimal(test, "p_value"),
                comparison.getBoolean("significant", false),
                JsonFields.objects(
                        comparison,
                        "metrics",
                        one -> new Metric(
                                JsonFields.text(one, "metric"),
                                JsonFields.decimal(one, "value"),
                                JsonFields.decimal(one, "other"),
                                JsonFields.decimal(one, "difference"))),
                JsonFields.objects(
                        comparison,
                        "classes",
                        one -> new Label(
                                JsonFields.number(one, "label"),
                                JsonFields.number(one, "support"),
                                JsonFields.decimal(one, "f1"),
                                JsonFields.decimal(one, "other"),
                                JsonFields.decimal(one, "difference"),
                                JsonFields.number(one, "changed"))));
    }
}
