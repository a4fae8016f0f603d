package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the promotion policy said of a version.
 *
 * @param id null for a dry run
 * @param liveVersion in production then; empty when none was
 * @param outcome {@code promoted}, {@code refused} or {@code held}
 * @param seenByOther rows that the version in production may have learnt
 */
public record PromotionDecision(
        @Nullable Long id,
        String version,
        String liveVersion,
        @Nullable Instant decidedAt,
        String actor,
        String outcome,
        String reason,
        Rules rules,
        long rows,
        long seenByOther,
        String datasetHash,
        boolean sameDataset,
        List<Check> checks,
        List<Metric> metrics,
        List<Label> classes) {

    /** What was asked. */
    public record Rules(String metric, double threshold, double margin, double maxClassDrop) {}

    /** One rule. */
    public record Check(String rule, boolean passed, String text) {}

    /** One figure of both versions. */
    public record Metric(
            String metric, double candidate, @Nullable Double live) {

        public @Nullable Double difference() {
            return live == null ? null : candidate - live;
        }
    }

    /** F1 of one label. */
    public record Label(
            long label,
            long support,
            double candidate,
            @Nullable Double live,
            double allowedDrop,
            boolean fell) {

        public @Nullable Double difference() {
            return live == null ? null : candidate - live;
        }
    }

    static PromotionDecision of(JsonObject decision) {
        JsonObject rules = JsonFields.object(decision, "rules");
        JsonObject rows = JsonFields.object(decision, "rows");
        return new PromotionDecision(
                JsonFields.numberOrNull(decision, "id"),
                JsonFields.text(decision, "version"),
                JsonFields.text(decision, "live_version"),
                JsonFields.instantOrNull(decision, "decided_at"),
                JsonFields.text(decision, "actor"),
                JsonFields.text(decision, "outcome"),
                JsonFields.text(decision, "reason"),
                new Rules(
                        JsonFields.text(rules, "metric"),
                        JsonFields.decimal(rules, "threshold"),
                        JsonFields.decimal(rules, "margin"),
                        JsonFields.decimal(rules, "max_class_drop")),
                JsonFields.number(rows, "rows"),
                JsonFields.number(rows, "seen_by_other"),
                JsonFields.text(rows, "dataset_hash"),
                rows.getBoolean("same_dataset", false),
                JsonFields.objects(
                        decision,
                        "checks",
                        one -> new Check(
                                JsonFields.text(one, "rule"),
                                one.getBoolean("passed", false),
                                JsonFields.text(one, "text"))),
                JsonFields.objects(
                        decision,
                        "metrics",
                        one -> new Metric(
                                JsonFields.text(one, "metric"),
                                JsonFields.decimal(one, "candidate"),
                                JsonFields.decimalOrNull(one, "live"))),
                JsonFields.objects(
                        decision,
                        "classes",
                        one -> new Label(
                                JsonFields.number(one, "label"),
                                JsonFields.number(one, "support"),
                                JsonFields.decimal(one, "candidate"),
                                JsonFields.decimalOrNull(one, "live"),
                                JsonFields.decimal(one, "allowed_drop"),
                                one.getBoolean("fell", false))));
    }
}
