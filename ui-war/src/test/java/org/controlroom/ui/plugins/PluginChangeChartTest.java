package org.controlroom.ui.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.controlroom.ui.client.PluginCalls;
import org.controlroom.ui.client.PluginChange;
import org.controlroom.ui.frame.ChartData;
import org.junit.jupiter.api.Test;

class PluginChangeChartTest {

    private static PluginChange.Sample sample(String time, long calls) {
        return new PluginChange.Sample(Instant.parse(time), List.of(new PluginCalls("0.1.0", 0, calls, 0)));
    }

    @Test
    void beforeTheSecondSampleThereIsAChartWithoutAPoint() {
        assertThat(PluginChangePage.chart(List.of(), "Errors").getLabels()).isEmpty();
        assertThat(PluginChangePage.chart(List.of(sample("2026-11-24T10:00:00Z", 7)), "Errors")
                        .getLabels())
                .isEmpty();
    }

    @Test
    void aPointIsTheRateBetweenTwoSamples() {
        ChartData chart = PluginChangePage.chart(
                List.of(sample("2026-11-24T10:00:00Z", 7), sample("2026-11-24T10:00:02Z", 17)), "Errors");
        assertThat(chart.getLabels()).containsExactly("2026-11-24T10:00:02Z");
        assertThat(chart.getSeries()).extracting(ChartData.Series::name).containsExactly("0.1.0", "Errors");
        assertThat(chart.getSeries().get(0).values()).containsExactly(5.0);
    }
}
