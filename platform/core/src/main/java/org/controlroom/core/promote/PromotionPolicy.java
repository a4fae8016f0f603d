package org.controlroom.core.promote;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a new version goes into production: its weighted F1 must reach a minimum and be better than that of the
 * live model on the same hold-out rows. While nothing serves, beating the majority baseline is enough.
 *
 * @param minimumF1 smallest weighted F1, 0..1
 */
public record PromotionPolicy(double minimumF1) {

    /** The original's threshold. */
    public static final PromotionPolicy DEFAULT = new PromotionPolicy(0.75);

    public PromotionPolicy {
        if (!(minimumF1 >= 0 && minimumF1 <= 1)) {
            throw new IllegalArgumentException("promotion policy: minimumF1=" + minimumF1 + "; must be 0..1");
        }
    }

    /**
     * What is known of a candidate; all figures are weighted F1 on the same hold-out rows.
     *
     * @param f1 of the candidate
     * @param baselineF1 of always answering the most frequent training label
     * @param live of the live model; null when none is live
     * @param liveVersion version of the live model; null when none is live
     */
    public record Figures(
            double f1,
            double baselineF1,
            @Nullable Double live,
            @Nullable String liveVersion) {}

    /** @param reason for people, with the figures it rests on */
    public record Decision(boolean promote, String reason) {}

    public Decision decide(Figures figures) {
        String f1 = "weighted F1 " + show(figures.f1());
        if (figures.live() == null) {
            String baseline = "the majority baseline's " + show(figures.baselineF1());
            return figures.f1() > figures.baselineF1()
                    ? new Decision(true, "no model is live, and " + f1 + " is better than " + baseline)
                    : new Decision(false, f1 + " is not better than " + baseline);
        }
        String other = "live version " + figures.liveVersion() + "'s " + show(figures.live()) + " on the same rows";
        if (figures.f1() < minimumF1) {
            return new Decision(false, f1 + " is below the minimum " + show(minimumF1) + " (" + other + ")");
        }
        return figures.f1() > figures.live()
                ? new Decision(true, f1 + " reaches " + show(minimumF1) + " and is better than " + other)
                : new Decision(false, f1 + " is not better than " + other);
    }

    private static String show(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
