package org.controlroom.core.model;

import java.util.List;
import java.util.Locale;

/**
 * What the promotion policy asks of a version.
 *
 * @param metric figure by which versions are selected, one of {@link #METRICS}
 * @param threshold smallest value of the metric, 0..1
 * @param margin by how much the metric must be above that of the version in production, 0..1
 * @param maxClassDrop how far the F1 of one label may fall, 0..1; labels with few test rows are allowed more, see
 *     {@link #allowedDrop}
 */
public record PromotionRules(String metric, double threshold, double margin, double maxClassDrop) {

    /** Figures to select by; all are better when higher and lie in 0..1. */
    public static final List<String> METRICS = List.of("f1_weighted", "f1_macro", "accuracy");

    /** The original's threshold, with a margin that noise seldom reaches. */
    public static final PromotionRules DEFAULT = new PromotionRules("f1_weighted", 0.75, 0.005, 0.05);

    public PromotionRules {
        if (!METRICS.contains(metric)) {
            throw new IllegalArgumentException("promotion rules: metric=" + metric + "; must be one of " + METRICS);
        }
        share("threshold", threshold);
        share("margin", margin);
        share("maxClassDrop", maxClassDrop);
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("promotion rules: " + name + "=" + value + "; must be 0..1");
        }
    }

    /**
     * How far the F1 of a label may fall: {@link #maxClassDrop}, or {@code 1/sqrt(support)} where that is more. A share
     * measured on n rows has a standard error of at most {@code 0.5/sqrt(n)}, so a fall within two of them says little.
     *
     * @param support test rows of the label; without any nothing is measured and any fall is allowed
     */
    public double allowedDrop(long support) {
        return support <= 0 ? 1 : Math.max(maxClassDrop, Math.min(1, 1 / Math.sqrt((double) support)));
    }

    /** Name of the metric for people. */
    public String metricName() {
        return switch (metric) {
            case "f1_weighted" -> "weighted F1";
            case "f1_macro" -> "macro F1";
            default -> metric.toLowerCase(Locale.ROOT);
        };
    }
}
