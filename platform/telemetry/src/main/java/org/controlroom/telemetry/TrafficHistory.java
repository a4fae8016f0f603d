package org.controlroom.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.controlroom.core.model.TrafficMinute;
import org.controlroom.core.port.Traffic;
import org.controlroom.spi.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the counters of {@link PrometheusTelemetry} at every full minute and keeps the last hour. The way of a prediction
 * knows nothing of it.
 */
public final class TrafficHistory implements Traffic, AutoCloseable {

    private final PrometheusTelemetry telemetry;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Oldest first, never empty. Guarded by this. */
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** The counters at one time. */
    private record Sample(Instant time, PrometheusTelemetry.Totals totals) {}

    TrafficHistory(PrometheusTelemetry telemetry, InstantSource clock) {
        this.telemetry = telemetry;
        this.clock = clock;
        keep();
    }

    /** Starts its thread. */
    public static TrafficHistory watch(PrometheusTelemetry telemetry, InstantSource clock) {
        TrafficHistory history = new TrafficHistory(telemetry, clock);
        Thread thread = new Thread(history::run, "traffic-history");
        thread.setDaemon(true);
        thread.start();
        return history;
    }

    private void run() {
        try {
            while (!closed.await(msToNextMinute(), TimeUnit.MILLISECONDS)) {
                keep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long msToNextMinute() {
        Instant now = clock.instant();
        Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return Duration.between(now, next).toMillis() + 1; // never a moment too early
    }

    /** Ends a minute. */
    void keep() {
        Sample sample = sample();
        synchronized (this) {
            samples.addLast(sample);
            while (samples.size() > MAX_MINUTES) {
                samples.removeFirst();
            }
        }
    }

    private Sample sample() {
        return new Sample(clock.instant(), telemetry.totals());
    }

    @Override
    public List<TrafficMinute> last(int minutes) {
        List<Sample> kept;
        synchronized (this) {
            kept = new ArrayList<>(samples);
        }
        kept.add(sample());
        List<TrafficMinute> answer = new ArrayList<>();
        for (int i = Math.max(1, kept.size() - minutes); i < kept.size(); i++) {
            answer.add(between(kept.get(i - 1), kept.get(i)));
        }
        return List.copyOf(answer);
    }

    private static TrafficMinute between(Sample from, Sample to) {
        SortedMap<String, Long> errors = new TreeMap<>();
        for (ErrorKind kind : ErrorKind.values()) {
            long more = to.totals.errors().getOrDefault(kind, 0L)
                    - from.totals.errors().getOrDefault(kind, 0L);
            errors.put(kind.name().toLowerCase(Locale.ROOT), more);
        }
        long[] buckets = to.totals.latencies().clone();
        long answered = 0;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] -= from.totals.latencies()[i];
            answered += buckets[i];
        }
        double[] bounds = to.totals.bounds();
        return new TrafficMinute(
                from.time,
                Duration.between(from.time, to.time).toMillis() / 1000.0,
                answered,
                errors,
                quantile(0.5, bounds, buckets, answered),
                quantile(0.95, bounds, buckets, answered),
                quantile(0.99, bounds, buckets, answered));
    }

    /** Linear within its bucket, as {@code histogram_quantile} of PromQL; the last bucket has no end and counts as its start. */
    static @Nullable Double quantile(double share, double[] bounds, long[] buckets, long count) {
        if (count == 0) {
            return null;
        }
        double rank = share * count;
        double before = 0;
        for (int i = 0; i < buckets.length; i++) {
            if (before + buckets[i] >= rank && buckets[i] > 0) {
                double lower = i == 0 ? 0 : bounds[i - 1];
                return Double.isInfinite(bounds[i])
                        ? lower
                        : lower + (bounds[i] - lower) * (rank - before) / buckets[i];
            }
            before += buckets[i];
        }
        return bounds[bounds.length - 2];
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
