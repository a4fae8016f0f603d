package org.controlroom.core.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What answering only the surest rows would mean: a point for each confidence that occurs, from the highest down. The
 * risk-coverage curve of El-Yaniv and Wiener, On the Foundations of Noise-free Selective Classification, JMLR 11 (2010).
 *
 * @param points at least one, coverage ascending to 1
 * @param area under the curve: mean risk over all rows, each with the risk at its own confidence
 */
record RiskCoverage(List<Point> points, double area) {

    /**
     * Answering the rows with at least this confidence.
     *
     * @param coverage share of all rows that are answered
     * @param risk share of the answered rows whose answer is wrong
     */
    record Point(double confidence, double coverage, double risk) {}

    static RiskCoverage of(Evaluation.Answers answers, int[] truth) {
        List<Integer> rows = IntStream.range(0, truth.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -answers.confidence()[row]))
                .toList();
        List<Point> points = new ArrayList<>();
        double area = 0;
        long wrong = 0;
        int begun = 0;
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.get(i);
            wrong += answers.labels().code(answers.best()[row]) == truth[row] ? 0 : 1;
            float confidence = answers.confidence()[row];
            // Rows of one confidence are answered together, whatever their order.
            if (i + 1 == rows.size() || answers.confidence()[rows.get(i + 1)] != confidence) {
                double risk = (double) wrong / (i + 1);
                points.add(new Point(confidence, (i + 1.0) / truth.length, risk));
                area += risk * (i + 1 - begun) / truth.length;
                begun = i + 1;
            }
        }
        return new RiskCoverage(List.copyOf(points), area);
    }
}
