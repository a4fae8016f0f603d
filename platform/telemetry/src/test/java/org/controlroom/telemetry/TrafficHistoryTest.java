package org.controlroom.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.controlroom.core.model.TrafficMinute;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class TrafficHistoryTest {

    private Instant now = Instant.parse("2026-11-23T10:00:30Z");
    private final PrometheusTelemetry telemetry = new PrometheusTelemetry();
    private final TrafficHistory history = new TrafficHistory(telemetry, () -> now);

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void aMinuteHasWhatHappenedInItOnly() {
        telemetry.failed(ErrorCode.INVALID_INPUT);
        pass(30);
        history.keep();
        telemetry.failed(ErrorCode.INVALID_INPUT);
        telemetry.failed(ErrorCode.INVALID_INPUT);
        pass(20);

        List<TrafficMinute> minutes = history.last(60);
        assertThat(minutes).hasSize(2);
        assertThat(minutes.get(0).start()).isEqualTo("2026-11-23T10:00:30Z");
        assertThat(minutes.get(0).seconds()).isEqualTo(30);
        assertThat(minutes.get(0).errors()).containsEntry("user", 1L).containsEntry("internal", 0L);
        assertThat(minutes.get(1).errors()).containsEntry("user", 2L);
        assertThat(minutes.get(1).seconds()).isEqualTo(20);
        assertThat(minutes.get(1).predictions()).isZero();
        assertThat(minutes.get(1).p95Seconds()).isNull();
    }

    @Test
    void noMoreThanAnHourIsKept() {
        for (int i = 0; i < 100; i++) {
            pass(60);
            history.keep();
        }
        assertThat(history.last(60)).hasSize(60);
        assertThat(history.last(5)).hasSize(5);
        assertThat(history.last(5).get(4).start()).isEqualTo(now);
    }

    @Test
    void aQuantileLiesWithinItsBucket() {
        double[] bounds = {0.1, 0.2, Double.POSITIVE_INFINITY};
        assertThat(TrafficHistory.quantile(0.5, bounds, new long[] {0, 10, 0}, 10))
                .isCloseTo(0.15, within(1e-9));
        assertThat(TrafficHistory.quantile(0.99, bounds, new long[] {1, 1, 98}, 100))
                .isEqualTo(0.2);
        assertThat(TrafficHistory.quantile(0.5, bounds, new long[] {0, 0, 0}, 0))
                .isNull();
    }
}
