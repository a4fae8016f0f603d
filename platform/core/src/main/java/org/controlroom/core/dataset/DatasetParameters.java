package org.controlroom.core.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Complete parameters of one dataset version.
 *
 * @param percentage of the source, above 0, at most what is loaded
 * @param portionSeed of the order in which the source is loaded
 * @param seed of split and oversampling
 * @param balancedSize rows up to which a class is oversampled; null for the size of the largest class
 */
record DatasetParameters(
        double percentage,
        long portionSeed,
        long seed,
        double testFraction,
        String balancingStrategy,
        @Nullable Long balancedSize) {

    static final String NONE = "none";
    static final String OVERSAMPLE = "oversample";
    static final String CLASS_WEIGHTS = DatasetVersion.CLASS_WEIGHTS;

    private static final List<String> STRATEGIES = List.of(NONE, OVERSAMPLE, CLASS_WEIGHTS);
    private static final List<String> KNOWN =
            List.of("balanced_size", "balancing_strategy", "percentage", "seed", "test_fraction");

    /** Names a split: products keep their sides within one. */
    String split() {
        return split(seed, testFraction);
    }

    static String split(long seed, double testFraction) {
        return "seed " + seed + " test " + testFraction;
    }

    int week() {
        return LoadedData.week(percentage);
    }

    /**
     * Reads parameters that {@link #complete} wrote.
     *
     * @param loaded what is loaded now; the default of what to take
     * @throws ControlRoomException INVALID_INPUT when more is asked for than is loaded
     */
    static DatasetParameters of(Map<String, String> complete, CataloguePortion loaded) {
        String size = complete.get("balanced_size");
        String given = complete.get("percentage");
        double percentage = given == null ? loaded.toPercent() : Double.parseDouble(given);
        if (percentage > loaded.toPercent()) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    Reason.of(
                            "dataset-percentage-loaded",
                            "generate-dataset: percentage {0}; must be at most {1}, which is loaded",
                            percentage,
                            loaded.toPercent()));
        }
        return new DatasetParameters(
                percentage,
                loaded.seed(),
                Long.parseLong(required(complete, "seed")),
                Double.parseDouble(required(complete, "test_fraction")),
                required(complete, "balancing_strategy"),
                size == null ? null : Long.valueOf(size));
    }

    private static String required(Map<String, String> parameters, String key) {
        return Objects.requireNonNull(parameters.get(key), key);
    }

    /**
     * Fills in defaults and checks everything that can be known before the load that may run first in the same run: the
     * percentage stays open when it is not given.
     *
     * @throws ControlRoomException INVALID_INPUT naming all mistakes
     */
    static SortedMap<String, String> complete(Map<String, String> given) {
        List<Problem> problems = new ArrayList<>();
        given.keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .sorted()
                .forEach(key -> problems.add(
                        new Problem(key, Reason.of("parameter-unknown", "is not a parameter; known are {0}", KNOWN))));
        SortedMap<String, String> complete = new TreeMap<>();
        if (given.containsKey("percentage")) {
            double percentage = number(given, "percentage", 100, problems);
            if (!(percentage > 0 && percentage <= 100)) {
                problems.add(new Problem(
                        "percentage", Reason.of("share-percent", "{0}; must be above 0 and at most 100", percentage)));
            }
            complete.put("percentage", Double.toString(percentage));
        }
        double fraction = number(given, "test_fraction", 0.2, problems);
        if (!(fraction > 0 && fraction <= 0.5)) {
            problems.add(new Problem(
                    "test_fraction", Reason.of("test-fraction", "{0}; must be above 0 and at most 0.5", fraction)));
        }
        String strategy = given.getOrDefault("balancing_strategy", NONE);
        if (!STRATEGIES.contains(strategy)) {
            problems.add(new Problem(
                    "balancing_strategy", Reason.of("one-of", "'{0}'; must be one of {1}", strategy, STRATEGIES)));
        }
        String size = given.get("balanced_size");
        if (size != null && !strategy.equals(OVERSAMPLE)) {
            problems.add(new Problem(
                    "balanced_size",
                    Reason.of("balanced-size-unused", "is for balancing_strategy {0} only", OVERSAMPLE)));
        } else if (size != null) {
            long rows = whole(given, "balanced_size", 0, problems);
            if (rows < 1 || rows > 1_000_000) {
                problems.add(new Problem("balanced_size", Reason.of("balanced-size", "{0}; must be 1..1000000", size)));
            }
            complete.put("balanced_size", Long.toString(rows));
        }
        complete.put("test_fraction", Double.toString(fraction));
        complete.put("balancing_strategy", strategy);
        complete.put("seed", Long.toString(whole(given, "seed", 42, problems)));
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, GenerateDatasetPipeline.NAME, problems);
        }
        return complete;
    }

    private static double number(Map<String, String> given, String key, double missing, List<Problem> problems) {
        String text = given.get(key);
        try {
            double value = text == null ? missing : Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
            problems.add(new Problem(key, Reason.of("finite-number", "'{0}'; must be a finite number", text)));
        } catch (NumberFormatException e) {
            problems.add(new Problem(key, Reason.of("number", "'{0}'; must be a number", text)));
        }
        return missing;
    }

    private static long whole(Map<String, String> given, String key, long missing, List<Problem> problems) {
        String text = given.get(key);
        try {
            return text == null ? missing : Long.parseLong(text);
        } catch (NumberFormatException e) {
            problems.add(new Problem(key, Reason.of("whole-number", "'{0}'; must be a whole number", text)));
            return missing;
        }
    }
}
