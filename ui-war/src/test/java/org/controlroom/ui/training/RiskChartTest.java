package org.controlroom.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.controlroom.ui.client.Evaluation;
import org.controlroom.ui.client.RiskCurve;
import org.controlroom.ui.frame.ChartData;
import org.junit.jupiter.api.Test;

class RiskChartTest {

    private static RiskCurve curve(int rows) {
        return new RiskCurve(
                0.1,
                IntStream.rangeClosed(1, rows)
                        .mapToObj(row -> new RiskCurve.Point((double) row / rows, 0.2 * row / rows))
                        .toList());
    }

    @Test
    void theFirstRowsAreLeftOutAndTheLastPointIsAllRows() {
        ChartData chart = RiskChart.of(curve(100), List.of(), UnaryOperator.identity());

        assertThat(chart.getLabels()).hasSize(99).startsWith("2.0", "3.0").endsWith("100.0");
        assertThat(chart.getSeries()).hasSize(1);
        assertThat(chart.getSeries().get(0).at(98)).isEqualTo(20.0);
    }

    @Test
    void aLongCurveIsThinnedAndKeepsItsEnds() {
        ChartData chart = RiskChart.of(curve(1_000), List.of(), UnaryOperator.identity());

        assertThat(chart.getLabels())
                .hasSize(RiskChart.POINTS)
                .startsWith("2.0")
                .endsWith("100.0");
    }

    @Test
    void aThresholdIsMarkedOnTheCurve() {
        List<Evaluation.Point> thresholds =
                List.of(new Evaluation.Point(0.5, 0.905, 0.8), new Evaluation.Point(0.9, 0, 0));

        ChartData chart = RiskChart.of(curve(100), thresholds, UnaryOperator.identity());

        int place = chart.getLabels().indexOf("90.5");
        assertThat(chart.getSeries().get(0).at(place)).isEqualTo(20.0);
        assertThat(chart.getSeries().get(1).at(place)).isEqualTo(20.0);
        assertThat(chart.getSeries().get(1).values())
                .filteredOn(value -> value != null)
                .hasSize(1);
    }

    @Test
    void aCurveWithoutPointsIsAnEmptyChart() {
        assertThat(RiskChart.of(new RiskCurve(0, List.of()), List.of(), UnaryOperator.identity())
                        .getLabels())
                .isEmpty();
    }
}
