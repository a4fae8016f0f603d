package org.controlroom.api.boot;

import java.time.Duration;
import java.util.Locale;
import org.controlroom.core.model.PromotionRules;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * How versions get into production.
 *
 * @param rules what the policy asks of a version
 * @param poll time between two looks at what the registry has in production
 * @param webhookSecret by which the registry signs its news; null when they need no signature
 */
record PromotionSettings(
        PromotionRules rules, Duration poll, @Nullable String webhookSecret) {

    static PromotionSettings read(Config config) {
        PromotionRules usual = PromotionRules.DEFAULT;
        String metric = Configuration.text(config, "controlroom.promotion.metric")
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .orElse(usual.metric());
        if (!PromotionRules.METRICS.contains(metric)) {
            throw Configuration.refused(
                    "controlroom.promotion.metric", "'" + metric + "'; must be one of " + PromotionRules.METRICS);
        }
        return new PromotionSettings(
                new PromotionRules(
                        metric,
                        share(config, "controlroom.promotion.threshold", usual.threshold()),
                        share(config, "controlroom.promotion.margin", usual.margin()),
                        share(config, "controlroom.promotion.max-class-drop", usual.maxClassDrop())),
                Duration.ofSeconds(Configuration.number(config, "controlroom.registry.poll-seconds", 30, 1, 300)),
                Configuration.text(config, "controlroom.registry.webhook-secret")
                        .orElse(null));
    }

    private static double share(Config config, String key, double otherwise) {
        String text = Configuration.text(config, key).orElse(Double.toString(otherwise));
        try {
            double share = Double.parseDouble(text.strip());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        throw Configuration.refused(key, "'" + text + "'; must be 0..1");
    }
}
