package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Settings;
import org.controlroom.spi.drift.DriftDetector;
import org.controlroom.spi.drift.DriftResult;
import org.controlroom.spi.drift.DriftSample;
import org.junit.jupiter.api.Test;

/** What every {@link DriftDetector} must withstand. */
public abstract class DriftDetectorContract {

    /** A new detector, as the component is made when its bundle starts. */
    protected abstract DriftDetector detector();

    /** Complete settings to compare with. */
    protected Settings settings() {
        return Settings.of(Map.of());
    }

    private static DriftSample sample(Class<? extends DriftSample> kind, SplittableRandom random, int size, int shift) {
        if (kind == DriftSample.Numeric.class) {
            return new DriftSample.Numeric(
                    random.doubles(size).map(value -> value * 10 + shift * 20).toArray());
        } else if (kind == DriftSample.Categorical.class) {
            TreeMap<String, Long> counts = new TreeMap<>();
            IntStream.range(0, size)
                    .forEach(i -> counts.merge("category " + (random.nextInt(5) + shift * 5), 1L, Long::sum));
            return new DriftSample.Categorical(counts);
        }
        String[] words = {
            "chaise", "table", "jardin", "bois", "enfant", "piscine", "console", "manette", "carte", "livre"
        };
        return new DriftSample.Text(IntStream.range(0, size)
                .mapToObj(i -> words[random.nextInt(5) + shift * 5] + " " + words[random.nextInt(5) + shift * 5])
                .toList());
    }

    private static DriftSample empty(Class<? extends DriftSample> kind) {
        return sample(kind, Seed.random(), 0, 0);
    }

    @Test
    void itTakesAtLeastOneKindOfSample() {
        assertThat(detector().kinds())
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(kind)
                        .isIn(DriftSample.Numeric.class, DriftSample.Categorical.class, DriftSample.Text.class));
    }

    @Test
    void aSampleComparedWithItselfHasNotDrifted() {
        for (Class<? extends DriftSample> kind : detector().kinds()) {
            for (int size : new int[] {1, 2, 17, 1000}) {
                DriftSample sample = sample(kind, Seed.random(), size, 0);
                assertThat(detector().compare(sample, sample, settings()).drifted())
                        .as("%s of %d, seed %d", kind.getSimpleName(), size, Seed.value())
                        .isFalse();
            }
        }
    }

    @Test
    void samplesThatShareNothingHaveDrifted() {
        for (Class<? extends DriftSample> kind : detector().kinds()) {
            DriftSample reference = sample(kind, Seed.random(), 2000, 0);
            DriftSample current = sample(kind, Seed.random(), 2000, 1);
            assertThat(detector().compare(reference, current, settings()).drifted())
                    .as("%s, seed %d", kind.getSimpleName(), Seed.value())
                    .isTrue();
        }
    }

    @Test
    void theDecisionFollowsFromStatisticOrPValueAndThreshold() {
        for (Class<? extends DriftSample> kind : detector().kinds()) {
            for (int shift = 0; shift < 2; shift++) {
                DriftResult result = detector()
                        .compare(
                                sample(kind, Seed.random(), 500, 0),
                                sample(kind, Seed.random(), 400, shift),
                                settings());
                boolean expected = result.pValue() == null
                        ? result.statistic() > result.threshold()
                        : result.pValue() < result.threshold();
                assertThat(result.drifted()).as(result.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void oddValuesGiveAFiniteStatistic() {
        List<DriftSample> odd = new ArrayList<>();
        for (Class<? extends DriftSample> kind : detector().kinds()) {
            if (kind == DriftSample.Numeric.class) {
                odd.add(new DriftSample.Numeric(new double[] {Double.NaN, 1, 2, Double.NaN}));
                odd.add(new DriftSample.Numeric(new double[] {5, 5, 5, 5}));
                odd.add(new DriftSample.Numeric(
                        new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE, Double.MIN_VALUE}));
            } else if (kind == DriftSample.Categorical.class) {
                odd.add(new DriftSample.Categorical(new TreeMap<>(Map.of("", 1L))));
                odd.add(new DriftSample.Categorical(new TreeMap<>(Map.of("a", 0L, "b", 1L << 60))));
            } else {
                odd.add(new DriftSample.Text(Arrays.asList("", "\u0000", "\ud800", "🙂", "\u202eabc")));
            }
        }
        for (DriftSample reference : odd) {
            for (DriftSample current : odd) {
                if (reference.getClass() == current.getClass()) {
                    assertThat(detector()
                                    .compare(reference, current, settings())
                                    .statistic())
                            .isFinite();
                }
            }
        }
    }

    @Test
    void emptySamplesAndMixedKindsAreRefused() {
        for (Class<? extends DriftSample> kind : detector().kinds()) {
            DriftSample good = sample(kind, Seed.random(), 50, 0);
            assertRefused(empty(kind), good);
            assertRefused(good, empty(kind));
            for (Class<? extends DriftSample> other :
                    List.of(DriftSample.Numeric.class, DriftSample.Categorical.class, DriftSample.Text.class)) {
                DriftSample otherSample = sample(other, Seed.random(), 50, 0);
                if (other != kind) {
                    assertRefused(good, otherSample);
                }
                if (!detector().kinds().contains(other)) {
                    assertRefused(otherSample, otherSample);
                }
            }
        }
    }

    private void assertRefused(DriftSample reference, DriftSample current) {
        assertThatThrownBy(() -> detector().compare(reference, current, settings()))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT));
    }

    @Test
    void anUnknownSettingFailsWithItsName() {
        DriftSample sample = sample(detector().kinds().iterator().next(), Seed.random(), 50, 0);
        Map<String, String> values = new TreeMap<>(settings().values());
        values.put("noSuchSetting", "1");
        assertThatThrownBy(() -> detector().compare(sample, sample, Settings.of(values)))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_INVALID))
                .hasMessageContaining("noSuchSetting");
    }

    @Test
    void fourThreadsGetTheSameResult() throws Exception {
        DriftDetector shared = detector();
        for (Class<? extends DriftSample> kind : shared.kinds()) {
            DriftSample reference = sample(kind, Seed.random(), 300, 0);
            DriftSample current = sample(kind, new SplittableRandom(Seed.value() + 1), 300, 0);
            DriftResult alone = shared.compare(reference, current, settings());
            assertThat(FourThreads.call(() -> shared.compare(reference, current, settings())))
                    .containsOnly(alone);
        }
    }
}
