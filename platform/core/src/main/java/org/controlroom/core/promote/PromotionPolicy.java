package org.controlroom.core.promote;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.controlroom.core.model.PromotionDecision.Check;
import org.controlroom.core.model.PromotionDecision.ClassPair;
import org.controlroom.core.model.PromotionDecision.MetricPair;
import org.controlroom.core.model.PromotionRules;
import org.jspecify.annotations.Nullable;

/**
 * Judges a version by {@link PromotionRules}: its metric must reach the threshold, must be above that of the version in
 * production by more than the margin on the same rows, and no label's F1 may fall by more than what is allowed for it.
 * While nothing is in production, a weighted F1 above that of the majority baseline is enough, so that there is a model.
 *
 * @param rules what is asked
 */
public record PromotionPolicy(PromotionRules rules) {

    public static final PromotionPolicy DEFAULT = new PromotionPolicy(PromotionRules.DEFAULT);

    private static final String THRESHOLD = "threshold";
    private static final String SELECT_FIRST = "f1_weighted";
    private static final int NAMED_CLASSES = 5;

    /**
     * What was measured of a version on the test rows.
     *
     * @param version number
     * @param metrics by name; those of {@link PromotionRules#METRICS} are there
     * @param f1 of each label, by code; a label that is missing counts as 0
     */
    public record Measured(String version, SortedMap<String, Double> metrics, SortedMap<Integer, Double> f1) {}

    /**
     * Everything that is known of a candidate, on the same rows.
     *
     * @param live of the version in production; null when none is
     * @param baselineF1 weighted F1 of always answering the most frequent training label
     * @param support rows of each label, by code
     */
    public record Figures(
            Measured candidate, @Nullable Measured live, double baselineF1, SortedMap<Integer, Long> support) {}

    /**
     * @param promote whether all checks are passed
     * @param reason for people, with the figures it rests on
     */
    public record Verdict(
            boolean promote, String reason, List<Check> checks, List<MetricPair> metrics, List<ClassPair> classes) {}

    public Verdict judge(Figures figures) {
        Measured live = figures.live();
        List<ClassPair> classes = classes(figures);
        List<Check> checks = live == null
                ? List.of(baseline(figures))
                : List.of(threshold(figures.candidate()), margin(figures.candidate(), live), classes(live, classes));
        boolean promote = checks.stream().allMatch(Check::passed);
        List<String> said = checks.stream()
                .filter(check -> promote || !check.passed())
                .map(Check::text)
                .toList();
        return new Verdict(promote, String.join("; ", said), checks, metrics(figures), classes);
    }

    /**
     * Whether a version that these checks refused is good enough for production by itself, only not better than what is
     * there, so that somebody may want to try it.
     */
    static boolean isChallenger(List<Check> checks) {
        return checks.stream().anyMatch(check -> check.rule().equals(THRESHOLD) && check.passed());
    }

    private Check baseline(Figures figures) {
        double f1 = metric(figures.candidate(), SELECT_FIRST);
        boolean better = f1 > figures.baselineF1();
        return new Check(
                "baseline",
                better,
                "no model is live, and weighted F1 " + show(f1) + (better ? " is better" : " is not better")
                        + " than the majority baseline's " + show(figures.baselineF1()));
    }

    private Check threshold(Measured candidate) {
        double value = metric(candidate, rules.metric());
        boolean reached = value >= rules.threshold();
        return new Check(
                THRESHOLD,
                reached,
                rules.metricName() + " " + show(value) + (reached ? " reaches the minimum " : " is below the minimum ")
                        + show(rules.threshold()));
    }

    private Check margin(Measured candidate, Measured live) {
        double value = metric(candidate, rules.metric());
        double other = metric(live, rules.metric());
        boolean better = value - other > rules.margin();
        return new Check(
                "margin",
                better,
                rules.metricName() + " " + show(value) + (better ? " is better" : " is not better")
                        + " than live version " + live.version() + "'s " + show(other) + " by more than "
                        + show(rules.margin()) + " on the same rows");
    }

    private static Check classes(Measured live, List<ClassPair> classes) {
        List<String> fell = classes.stream()
                .filter(ClassPair::fell)
                .map(one -> one.label() + " from " + show(one.live() == null ? 0 : one.live()) + " to "
                        + show(one.candidate()) + " on " + one.support() + " rows, where " + show(one.allowedDrop())
                        + " is allowed")
                .toList();
        if (fell.isEmpty()) {
            return new Check(
                    "classes", true, "no label's F1 falls too far below that of live version " + live.version());
        }
        String more = fell.size() > NAMED_CLASSES ? " and " + (fell.size() - NAMED_CLASSES) + " more" : "";
        return new Check(
                "classes",
                false,
                "F1 falls too far for label " + String.join(", ", fell.subList(0, Math.min(fell.size(), NAMED_CLASSES)))
                        + more);
    }

    private List<ClassPair> classes(Figures figures) {
        Measured live = figures.live();
        TreeSet<Integer> labels = new TreeSet<>(figures.support().keySet());
        List<ClassPair> pairs = new ArrayList<>();
        for (int label : labels) {
            long support = figures.support().getOrDefault(label, 0L);
            double f1 = figures.candidate().f1().getOrDefault(label, 0.0);
            Double before = live == null ? null : Double.valueOf(live.f1().getOrDefault(label, 0.0));
            double allowed = rules.allowedDrop(support);
            pairs.add(new ClassPair(label, support, f1, before, allowed, before != null && before - f1 > allowed));
        }
        return pairs;
    }

    private static List<MetricPair> metrics(Figures figures) {
        Measured live = figures.live();
        Map<String, Double> other = live == null ? new TreeMap<>() : live.metrics();
        return figures.candidate().metrics().entrySet().stream()
                .map(one -> new MetricPair(one.getKey(), one.getValue(), other.get(one.getKey())))
                .toList();
    }

    private static double metric(Measured measured, String name) {
        Double value = measured.metrics().get(name);
        if (value == null) {
            throw new IllegalArgumentException("version " + measured.version() + " has no figure " + name);
        }
        return value;
    }

    private static String show(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
