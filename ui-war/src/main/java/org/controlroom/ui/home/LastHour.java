package org.controlroom.ui.home;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Function;
import org.controlroom.ui.client.TrafficPoint;
import org.controlroom.ui.frame.ChartData;
import org.jspecify.annotations.Nullable;

/** The traffic of the last hour as charts: one point a minute, and none for minutes before the server's start. */
public final class LastHour {

    private static final int MINUTES = 60;

    private final List<Instant> times = new ArrayList<>();
    private final Map<Instant, TrafficPoint> points = new HashMap<>();
    private final ResourceBundle texts;

    /** @param points oldest first; the last is the present minute */
    LastHour(List<TrafficPoint> points, ResourceBundle texts) {
        this.texts = texts;
        points.forEach(point -> this.points.put(minute(point), point));
        if (!points.isEmpty()) {
            Instant last = minute(points.get(points.size() - 1));
            for (int i = MINUTES - 1; i >= 0; i--) {
                times.add(last.minus(i, ChronoUnit.MINUTES));
            }
        }
    }

    private static Instant minute(TrafficPoint point) {
        return point.start().truncatedTo(ChronoUnit.MINUTES);
    }

    public ChartData getPredictions() {
        return ChartData.barsOverTime(times)
                .add(texts.getString("traffic.predictions"), values(point -> point.predictions()));
    }

    public ChartData getErrors() {
        return ChartData.barsOverTime(times)
                .add(texts.getString("traffic.errors.client"), values(point -> point.clientErrors()))
                .add(texts.getString("traffic.errors.server"), values(point -> point.serverErrors()))
                .stacked();
    }

    public ChartData getLatency() {
        return ChartData.lines(times)
                .add("p50", values(point -> ms(point.p50Seconds())))
                .add("p95", values(point -> ms(point.p95Seconds())))
                .add("p99", values(point -> ms(point.p99Seconds())))
                .unit("ms");
    }

    /** Predictions over the whole time. */
    public long getAnswered() {
        return points.values().stream().mapToLong(TrafficPoint::predictions).sum();
    }

    /** Errors of either kind over the whole time. */
    public long getFailed() {
        return points.values().stream()
                .mapToLong(point -> point.clientErrors() + point.serverErrors())
                .sum();
    }

    private static @Nullable Number ms(@Nullable Double seconds) {
        return seconds == null ? null : (Number) (seconds * 1000);
    }

    private List<@Nullable Number> values(Function<TrafficPoint, @Nullable Number> value) {
        List<@Nullable Number> values = new ArrayList<>();
        for (Instant time : times) {
            TrafficPoint point = points.get(time);
            values.add(point == null ? null : value.apply(point));
        }
        return values;
    }
}
