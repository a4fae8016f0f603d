package org.controlroom.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the promotion policy said of one version, with every figure that it looked at.
 *
 * @param id ascending with time; null for a dry run, which is not kept
 * @param model registered model
 * @param version that was judged
 * @param liveVersion in production at that time; null when none was
 * @param decidedAt when
 * @param actor who or what asked: a user's name, {@code api}, or a pipeline run as {@code train-model run-00000003}
 * @param outcome what became of the version; of a dry run, what would become of it
 * @param reason why, for people
 * @param rules that were asked
 * @param rows on which both versions were measured
 * @param checks the rules one by one, in the order in which they are asked
 * @param metrics figures of both versions on these rows
 * @param classes F1 of each label on these rows, by code
 */
public record PromotionDecision(
        @Nullable Long id,
        String model,
        String version,
        @Nullable String liveVersion,
        Instant decidedAt,
        String actor,
        Outcome outcome,
        String reason,
        PromotionRules rules,
        TestRows rows,
        List<Check> checks,
        List<MetricPair> metrics,
        List<ClassPair> classes) {

    public PromotionDecision {
        checks = List.copyOf(checks);
        metrics = List.copyOf(metrics);
        classes = List.copyOf(classes);
    }

    /** What became of the version. */
    public enum Outcome {
        /** It goes into production. */
        PROMOTED,
        /** A rule is not met. */
        REFUSED,
        /** All rules are met, and somebody wanted to decide himself. */
        HELD
    }

    /**
     * One rule.
     *
     * @param rule {@code threshold}, {@code margin}, {@code classes} or {@code baseline}
     * @param passed whether it is met
     * @param text the figures, for people
     */
    public record Check(String rule, boolean passed, String text) {}

    /**
     * One figure of both versions.
     *
     * @param metric for example {@code f1_weighted}
     * @param candidate of the version that is judged
     * @param live of the version in production; null when there is none
     */
    public record MetricPair(
            String metric, double candidate, @Nullable Double live) {}

    /**
     * F1 of one label.
     *
     * @param label product type code
     * @param support test rows of that label
     * @param live of the version in production; null when there is none
     * @param allowedDrop how far it may fall, see {@link PromotionRules#allowedDrop}
     * @param fell whether it falls by more than that
     */
    public record ClassPair(
            int label,
            long support,
            double candidate,
            @Nullable Double live,
            double allowedDrop,
            boolean fell) {}

    /** The same decision with these parts of what it rests on. */
    public PromotionDecision with(List<Check> ofChecks, List<MetricPair> ofMetrics) {
        return copy(id, ofChecks, ofMetrics);
    }

    /** The same decision as it was kept. */
    public PromotionDecision kept(long as) {
        return copy(as, checks, metrics);
    }

    private PromotionDecision copy(@Nullable Long as, List<Check> ofChecks, List<MetricPair> ofMetrics) {
        return new PromotionDecision(
                as,
                model,
                version,
                liveVersion,
                decidedAt,
                actor,
                outcome,
                reason,
                rules,
                rows,
                ofChecks,
                ofMetrics,
                classes);
    }
}
