package org.controlroom.ui.training;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.controlroom.ui.client.Evaluation;
import org.controlroom.ui.client.RiskCurve;
import org.controlroom.ui.frame.ChartData;
import org.jspecify.annotations.Nullable;

/** The risk-coverage curve of a run as it is drawn, with the thresholds that its table lists marked on it. */
final class RiskChart {

    /** Below this the few rows say nothing: one mistake among them would stand above all the rest. */
    static final double FIRST_COVERAGE = 0.02;

    /** More than this the eye does not see. */
    static final int POINTS = 200;

    private RiskChart() {}

    /**
     * @param thresholds empty when they are not known
     * @param texts the words for a key
     */
    static ChartData of(RiskCurve curve, List<Evaluation.Point> thresholds, UnaryOperator<String> texts) {
        List<RiskCurve.Point> drawn = curve.points().stream()
                .filter(point -> point.coverage() >= FIRST_COVERAGE)
                .toList();
        TreeMap<Double, Double> risks = new TreeMap<>();
        int kept = Math.min(POINTS, drawn.size());
        for (int i = 0; i < kept; i++) {
            RiskCurve.Point point =
                    drawn.get(kept == 1 ? 0 : (int) Math.round((double) i * (drawn.size() - 1) / (kept - 1)));
            risks.put(percent(point.coverage()), percent(point.risk()));
        }
        TreeMap<Double, Double> marks = new TreeMap<>();
        for (Evaluation.Point threshold : thresholds) {
            if (threshold.coverage() >= FIRST_COVERAGE) {
                marks.put(percent(threshold.coverage()), percent(1 - threshold.accuracy()));
            }
        }
        risks.putAll(marks);
        List<@Nullable Double> marked = new ArrayList<>();
        risks.keySet().forEach(share -> marked.add(marks.get(share)));
        ChartData chart = ChartData.curve(List.copyOf(risks.keySet()), "%")
                .add(texts.apply("run.risk.wrong"), List.copyOf(risks.values()));
        if (!marks.isEmpty()) {
            chart.add(texts.apply("run.risk.thresholds"), marked);
        }
        return chart.unit("%").titled(texts.apply("run.risk.share"), texts.apply("run.risk.wrong"));
    }

    /** With two digits behind the point. */
    private static double percent(double share) {
        return Math.round(share * 10_000) / 100.0;
    }
}
