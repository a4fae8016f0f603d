package org.controlroom.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The metrics of schedules. */
public final class ScheduleFigures {

    private final Counter fires;
    private volatile List<Schedule> schedules = List.of();

    ScheduleFigures(PrometheusRegistry registry) {
        fires = Counter.builder()
                .name(MetricNames.SCHEDULE_FIRES)
                .help("What became of the fire times of schedules.")
                .labelNames(MetricNames.LABEL_SCHEDULE, MetricNames.LABEL_RESULT)
                .withoutExemplars()
                .register(registry);
        show(
                registry,
                MetricNames.SCHEDULE_NEXT,
                "Unix time at which a schedule is due next; in the past when nobody looks after it.",
                schedule -> schedule.next().map(ScheduleFigures::seconds));
        show(
                registry,
                MetricNames.SCHEDULE_LAST_SUCCESS,
                "Unix time at which the last completed run of a schedule ended.",
                schedule -> schedule.lastSuccess().map(ScheduleFigures::seconds));
        show(
                registry,
                MetricNames.SCHEDULE_LAST_FIRE,
                "Unix time of the newest time at which a schedule was due.",
                schedule -> schedule.lastFire().map(ScheduleFigures::seconds));
        show(
                registry,
                MetricNames.SCHEDULE_FAILED,
                "1 when the last fire time of a schedule had no run or one that failed, else 0.",
                schedule -> Optional.of(schedule.failed() ? 1.0 : 0.0));
    }

    private void show(
            PrometheusRegistry registry, String metric, String help, Function<Schedule, Optional<Double>> value) {
        GaugeWithCallback.builder()
                .name(metric)
                .help(help)
                .labelNames(MetricNames.LABEL_SCHEDULE)
                .callback(callback -> schedules.forEach(
                        schedule -> value.apply(schedule).ifPresent(number -> callback.call(number, schedule.name()))))
                .register(registry);
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    void stand(List<Schedule> now) {
        for (Schedule schedule : now) {
            // A counter that appears with 1 has no increase.
            for (String result : List.of("started", "missed", "failed")) {
                fires.initLabelValues(schedule.name(), result);
            }
        }
        schedules = List.copyOf(now);
    }

    void fired(String schedule, String result) {
        fires.labelValues(schedule, result).inc();
    }

    /** How one schedule stands; empty times are not known. */
    public record Schedule(
            String name,
            Optional<Instant> next,
            Optional<Instant> lastFire,
            Optional<Instant> lastSuccess,
            boolean failed) {}
}
