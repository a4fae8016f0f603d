package org.controlroom.core.compare;

import java.util.List;
import org.controlroom.core.model.TestRows;

/**
 * Two versions on the same rows.
 *
 * @param version the one that is looked at; the rows are what its training held out
 * @param other the one that it is compared with
 * @param agreement share of rows that both answer alike, 0..1
 * @param bothRight rows that both answer rightly
 * @param bothWrong rows that both answer wrongly
 * @param changed rows that the two answer differently
 * @param mcNemar whether one is right more often; first is {@code version}
 * @param significant whether the p-value is below 0.05
 * @param metrics of both
 * @param classes of both, by code
 */
public record Comparison(
        String version,
        String other,
        TestRows rows,
        double agreement,
        long bothRight,
        long bothWrong,
        long changed,
        McNemar mcNemar,
        boolean significant,
        List<Metric> metrics,
        List<Label> classes) {

    public Comparison {
        metrics = List.copyOf(metrics);
        classes = List.copyOf(classes);
    }

    /**
     * One figure of both.
     *
     * @param metric for example {@code accuracy}
     * @param value of {@code version}
     */
    public record Metric(String metric, double value, double other, double difference) {}

    /**
     * F1 of one label.
     *
     * @param label product type code
     * @param support test rows of that label
     * @param f1 of {@code version}
     * @param changed rows of that label that the two answer differently
     */
    public record Label(int label, long support, double f1, double other, double difference, long changed) {}

    /**
     * One row that the two answer differently.
     *
     * @param designation the product's title, cut to 200 characters
     * @param label answered by {@code version}
     * @param confidence probability of that label, 0..1
     * @param change {@code better} when only {@code version} is right, {@code worse} when only the other is, {@code both_wrong}
     */
    public record Row(
            long productId,
            String designation,
            int trueLabel,
            int label,
            double confidence,
            int otherLabel,
            double otherConfidence,
            String change) {}
}
