package org.controlroom.core.compare;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.train.MeasureVersions;
import org.controlroom.core.train.MeasureVersions.Answered;
import org.controlroom.core.train.MeasureVersions.Measurement;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** Compares two versions row by row, and keeps the last few comparisons for those who turn their pages. Thread-safe. */
public final class CompareVersions {

    private static final double SIGNIFICANT = 0.05;
    private static final int KEPT = 4;
    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final int MAX_TITLE = 200;

    private static final Comparator<Comparison.Row> SUREST_FIRST = Comparator.comparingDouble(
                    Comparison.Row::confidence)
            .reversed()
            .thenComparingLong(Comparison.Row::productId);

    private final ActivateModel models;
    private final MeasureVersions measure;

    /** One measures, one may wait for it; more would hold threads that serve. */
    private final Semaphore places = new Semaphore(2);

    /** By the two versions; guarded by this, as is measuring. */
    private final Map<String, Kept> known = new LinkedHashMap<>();

    private final InstantSource clock;

    public CompareVersions(ActivateModel models, MeasureVersions measure, InstantSource clock) {
        this.models = models;
        this.measure = measure;
        this.clock = clock;
    }

    private record Kept(Instant at, Result result) {}

    /**
     * A comparison and its rows.
     *
     * @param rows that the two answer differently, by confidence of the first, highest first
     */
    public record Result(Comparison comparison, List<Comparison.Row> rows) {}

    /**
     * Compares, in seconds the first time and at once as long as the result is kept, which is ten minutes at most: the
     * catalogue may change meanwhile.
     *
     * @throws ControlRoomException OVERLOADED when two comparisons are under way; else as {@link ActivateModel#open} and
     *     {@link MeasureVersions#measure}
     */
    public Result compare(ModelVersion version, ModelVersion other) {
        return inTurn(() -> {
            String key = version.version() + " " + other.version();
            Kept kept = known.remove(key);
            if (kept == null || !clock.instant().isBefore(kept.at().plus(KEEP))) {
                kept = new Kept(clock.instant(), result(measure(version, other)));
            }
            known.put(key, kept);
            if (known.size() > KEPT) {
                known.remove(known.keySet().iterator().next());
            }
            return kept.result();
        });
    }

    /** What {@link JudgeVersion} needs to know; the same threads and the same limit. */
    Measurement measureInTurn(ModelVersion version, ModelVersion other) {
        return inTurn(() -> measure(version, other));
    }

    /** The same for a version that there is nothing to compare with. */
    Measurement measureInTurn(ModelVersion version) {
        return inTurn(() -> {
            try (ServingModel model = models.open(version)) {
                return measure.measure(new MeasureVersions.Version(version.version(), model), null);
            }
        });
    }

    private interface Work<T> {
        T done();
    }

    private <T> T inTurn(Work<T> work) {
        if (!places.tryAcquire()) {
            throw new ControlRoomException(
                    ErrorCode.OVERLOADED,
                    Reason.of("comparisons-busy", "two comparisons are under way; must be 2 or fewer at a time"));
        }
        try {
            synchronized (this) {
                return work.done();
            }
        } finally {
            places.release();
        }
    }

    private Measurement measure(ModelVersion version, ModelVersion other) {
        try (ServingModel first = models.open(version);
                ServingModel second = models.open(other)) {
            return measure.measure(
                    new MeasureVersions.Version(version.version(), first),
                    new MeasureVersions.Version(other.version(), second));
        }
    }

    private static Result result(Measurement found) {
        Answered first = found.first();
        Answered second = Objects.requireNonNull(found.second(), "second");
        int[] truth = found.truth();
        List<Comparison.Row> rows = new ArrayList<>();
        SortedMap<Integer, Long> changed = new TreeMap<>();
        long bothRight = 0;
        long bothWrong = 0;
        long onlyFirst = 0;
        long onlySecond = 0;
        for (int row = 0; row < truth.length; row++) {
            int one = first.labels()[row];
            int two = second.labels()[row];
            boolean right = one == truth[row];
            boolean otherRight = two == truth[row];
            bothRight += right && otherRight ? 1 : 0;
            bothWrong += !right && !otherRight ? 1 : 0;
            onlyFirst += right && !otherRight ? 1 : 0;
            onlySecond += !right && otherRight ? 1 : 0;
            if (one != two) {
                changed.merge(truth[row], 1L, Long::sum);
                rows.add(new Comparison.Row(
                        found.ids()[row],
                        cut(found.products().get(row).designation()),
                        truth[row],
                        one,
                        first.confidence()[row],
                        two,
                        second.confidence()[row],
                        right ? "better" : otherRight ? "worse" : "both_wrong"));
            }
        }
        rows.sort(SUREST_FIRST);
        McNemar test = McNemar.of(onlyFirst, onlySecond);
        Comparison comparison = new Comparison(
                first.version(),
                second.version(),
                found.rows(),
                1 - (double) rows.size() / truth.length,
                bothRight,
                bothWrong,
                rows.size(),
                test,
                test.pValue() < SIGNIFICANT,
                metrics(first, second),
                classes(found, first, second, changed));
        return new Result(comparison, List.copyOf(rows));
    }

    private static List<Comparison.Metric> metrics(Answered first, Answered second) {
        SortedMap<String, Double> other = second.evaluation().summary();
        List<Comparison.Metric> metrics = new ArrayList<>();
        first.evaluation().summary().forEach((name, value) -> {
            double theirs = other.getOrDefault(name, 0.0);
            metrics.add(new Comparison.Metric(name, value, theirs, value - theirs));
        });
        return metrics;
    }

    private static List<Comparison.Label> classes(
            Measurement found, Answered first, Answered second, SortedMap<Integer, Long> changed) {
        SortedMap<Integer, Double> f1 = first.evaluation().f1ByLabel();
        SortedMap<Integer, Double> other = second.evaluation().f1ByLabel();
        List<Comparison.Label> classes = new ArrayList<>();
        found.support().forEach((label, support) -> {
            double mine = f1.getOrDefault(label, 0.0);
            double theirs = other.getOrDefault(label, 0.0);
            classes.add(
                    new Comparison.Label(label, support, mine, theirs, mine - theirs, changed.getOrDefault(label, 0L)));
        });
        return classes;
    }

    private static String cut(String title) {
        if (title.length() <= MAX_TITLE) {
            return title;
        }
        int end = Character.isHighSurrogate(title.charAt(MAX_TITLE - 2)) ? MAX_TITLE - 2 : MAX_TITLE - 1;
        return title.substring(0, end) + '…';
    }
}
