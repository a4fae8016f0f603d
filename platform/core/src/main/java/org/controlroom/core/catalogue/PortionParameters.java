package org.controlroom.core.catalogue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.port.Catalogue;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** The parameters of a load that say which portion of its source it takes. */
final class PortionParameters {

    /** Whose files are loaded; of such a load alone the portion is taken unasked. */
    static final String FOLDER = "folder";

    /** Up to where. */
    static final String PERCENT = "percent";

    static final String FROM_PERCENT = "from_percent";
    static final String SEED = "seed";

    private final Catalogue catalogue;
    private final PortionPlan plan;

    PortionParameters(Catalogue catalogue, PortionPlan plan) {
        this.catalogue = catalogue;
        this.plan = plan;
    }

    /**
     * Adds what is missing of the portion; nothing for a load of everything.
     *
     * @param given parameters as somebody gave them
     * @param complete has the files, and their folder; the portion is added
     * @param problems every mistake is added
     */
    void complete(Map<String, String> given, Map<String, String> complete, List<Problem> problems) {
        boolean asked = given.containsKey(PERCENT) || given.containsKey(FROM_PERCENT) || given.containsKey(SEED);
        if (!asked && !(complete.containsKey(FOLDER) && plan.isInPortions())) {
            return;
        }
        long seed = seed(given.get(SEED), problems);
        Double from = percent(FROM_PERCENT, given.get(FROM_PERCENT), true, problems);
        Double to = percent(PERCENT, given.get(PERCENT), false, problems);
        if (!problems.isEmpty()) {
            return;
        }
        double loaded = from != null ? from : loadedPercent(complete, seed);
        CataloguePortion next = plan.next(loaded);
        double begin = from != null ? from : next.fromPercent();
        double end = to != null ? to : next.toPercent();
        if (begin >= end) {
            problems.add(new Problem(
                    PERCENT,
                    Reason.of(
                            "portion-end",
                            "{0}; must be above {1}, where the portion begins",
                            text(end),
                            text(begin))));
            return;
        }
        complete.put(FROM_PERCENT, text(begin));
        complete.put(PERCENT, text(end));
        complete.put(SEED, Long.toString(seed));
    }

    /** @param complete has the files */
    double loadedPercent(Map<String, String> complete, long seed) {
        Path products = Path.of(Objects.requireNonNull(complete.get("products")));
        return catalogue.loadedPercent(products, labels(complete), seed);
    }

    private long seed(@Nullable String text, List<Problem> problems) {
        try {
            return text == null ? plan.seed() : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            problems.add(new Problem(SEED, Reason.of("no-whole-number", "'{0}' is no whole number", text)));
            return 0;
        }
    }

    private static @Nullable Double percent(
            String key, @Nullable String text, boolean zeroAllowed, List<Problem> problems) {
        if (text == null) {
            return null;
        }
        try {
            double percent = Double.parseDouble(text.strip());
            boolean above = percent > 0 || (percent == 0 && zeroAllowed);
            if (above && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problems.add(new Problem(
                key,
                zeroAllowed
                        ? Reason.of("percent-from-0", "'{0}' must be 0 to 100", text)
                        : Reason.of("percent", "'{0}' must be above 0 to 100", text)));
        return null;
    }

    /** Without a fraction that is none, and without the noise of adding up steps. */
    private static String text(double percent) {
        return BigDecimal.valueOf(percent)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** @param complete parameters that {@link #complete} has completed */
    static CataloguePortion portion(Map<String, String> complete) {
        String to = complete.get(PERCENT);
        return to == null
                ? CataloguePortion.WHOLE
                : new CataloguePortion(
                        Double.parseDouble(complete.getOrDefault(FROM_PERCENT, "0")),
                        Double.parseDouble(to),
                        Long.parseLong(complete.getOrDefault(SEED, "0")));
    }

    static @Nullable Path labels(Map<String, String> parameters) {
        String labels = parameters.get("labels");
        return labels == null ? null : Path.of(labels);
    }
}
