package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Settings;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.controlroom.spi.feature.LocatesTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link FeatureExtractorFactory} and the {@link FeatureExtractor} it makes must withstand. */
public abstract class FeatureExtractorContract {

    private static final int HUGE = 1_000_000;

    /** A new factory, as the component is made when its bundle starts. */
    protected abstract FeatureExtractorFactory factory();

    /** Complete settings to fit with; override to switch on all that the plugin can do. */
    protected Settings settings() {
        return Settings.of(Map.of());
    }

    /** Whether the extractors are {@link LocatesTerms}; a plugin whose extractors locate terms says so here. */
    protected boolean locatesTerms() {
        return false;
    }

    private FeatureExtractor fit(List<Product> products, Settings settings, int threads) {
        return TrainingContexts.with(
                settings, 1, threads, Progress.NONE, context -> factory().fit(products, context));
    }

    private FeatureExtractor fitted() {
        return fit(products(), settings(), 2);
    }

    private static List<Product> products() {
        return Collections.unmodifiableList(HostileProducts.ordinary(Seed.random(), 300));
    }

    private static List<Product> hostile() {
        return HostileProducts.hostile(Seed.random());
    }

    /** A vector as numbers that can be compared: index and bits of the value, in the extractor's order. */
    private static long[] bits(FeatureExtractor extractor, Product product) {
        FeatureVector vector = new FeatureVector(1);
        extractor.extract(product, vector);
        return bits(vector);
    }

    private static long[] bits(FeatureVector vector) {
        long[] bits = new long[vector.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (long) vector.indices()[i] << 32 | (Float.floatToRawIntBits(vector.values()[i]) & 0xffff_ffffL);
        }
        return bits;
    }

    private static List<long[]> allBits(FeatureExtractor extractor, List<Product> products) {
        return products.stream().map(product -> bits(extractor, product)).toList();
    }

    private static void assertSame(List<long[]> actual, List<long[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("vector %d, seed %d", i, Seed.value()).isEqualTo(expected.get(i));
        }
    }

    @Test
    void everyTextGivesAValidVector() {
        FeatureExtractor extractor = fitted();
        FeatureMatrix.Builder checking =
                new FeatureMatrix.Builder(extractor.schema().size(), 100);
        FeatureVector vector = new FeatureVector();
        for (Product product : hostile()) {
            extractor.extract(product, vector);
            checking.add(vector); // throws for an index outside the schema or twice, and for a value not finite
        }
        extractor.extract(new Product("", ""), vector);
        assertThat(vector.size()).as("features of nothing").isZero();
    }

    @Test
    void mostProductsItLearntFromHaveFeatures() {
        FeatureExtractor extractor = fitted();
        long empty = products().stream()
                .filter(product -> bits(extractor, product).length == 0)
                .count();
        assertThat(empty).as("vectors without features of 300").isLessThan(30);
    }

    @Test
    void itLearnsFromHostileTextsToo() {
        List<Product> hostile = hostile();
        FeatureExtractor extractor = fit(hostile, settings(), 2);
        assertThat(extractor.schema().size()).isPositive();
        assertSame(allBits(extractor, hostile), allBits(extractor, hostile));
    }

    @Test
    void everyTermStandsWhereItIsSaidToStand() {
        FeatureExtractor extractor = fit(LocationAttacks.plain(), settings(), 2);
        assertThat(extractor instanceof LocatesTerms).as("locates terms").isEqualTo(locatesTerms());
        assumeThat(locatesTerms()).isTrue();
        LocationAttacks.whatIsLeftAtItsPlacesStillGivesTheFeature(extractor);
        FeatureExtractor ofHostile = fit(hostile(), settings(), 2);
        LocationAttacks.everyFeatureHasATerm(ofHostile, hostile());
        LocationAttacks.everySpanLiesInItsText(ofHostile, hostile());
    }

    @Test
    void whatTheVectorHeldBeforeIsGone() {
        FeatureExtractor extractor = fitted();
        Product product = products().get(0);
        FeatureVector used = new FeatureVector();
        for (int index = 0; index < 5000; index++) {
            used.add(index, 7f);
        }
        extractor.extract(product, used);
        assertThat(bits(used)).isEqualTo(bits(extractor, product));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aHugeTextTakesItsTimeAndLeavesNothingBehind() {
        FeatureExtractor extractor = fitted();
        List<long[]> before = allBits(extractor, hostile());
        for (boolean oneWord : new boolean[] {true, false}) {
            bits(extractor, HostileProducts.huge(HUGE, oneWord));
        }
        assertSame(allBits(extractor, hostile()), before);
    }

    @Test
    void fourThreadsGetTheSameBits() throws Exception {
        FeatureExtractor extractor = fitted();
        List<Product> products = hostile();
        List<long[]> expected = allBits(extractor, products);
        FourThreads.check(20, () -> assertSame(allBits(extractor, products), expected));
    }

    @Test
    void aSavedExtractorLoadsTheSame() throws IOException {
        FeatureExtractor extractor = fitted();
        byte[] state = StateAttacks.save(extractor::save);
        List<long[]> expected = allBits(extractor, hostile());
        for (FeatureExtractor loaded : List.of(
                factory().load(new ByteArrayInputStream(state)), factory().load(StateAttacks.dribble(state)))) {
            assertThat(loaded.schema()).isEqualTo(extractor.schema());
            assertSame(allBits(loaded, hostile()), expected);
            assertThat(StateAttacks.save(loaded::save)).as("state saved again").isEqualTo(state);
        }
    }

    @Test
    void everyDamageOfItsStateIsNoticed() {
        byte[] state = StateAttacks.save(fitted()::save);
        StateAttacks.everyDamageIsNoticed(state, factory()::load);
        StateAttacks.aBrokenStreamIsNotADamagedState(state, factory()::load);
    }

    @Test
    void anyNumberOfThreadsLearnsTheSameBytes() {
        byte[] one = StateAttacks.save(fit(products(), settings(), 1)::save);
        for (int threads : new int[] {1, 3, 7}) {
            assertThat(StateAttacks.save(fit(products(), settings(), threads)::save))
                    .as("state learnt by %d threads, seed %d", threads, Seed.value())
                    .isEqualTo(one);
        }
    }

    @Test
    void twoExtractorsWithOneFingerprintGiveTheSameVectors() {
        FeatureExtractor first = fitted();
        FeatureExtractor second = fit(HostileProducts.ordinary(Seed.random().split(), 200), settings(), 2);
        if (first.schema().equals(second.schema())) {
            assertSame(allBits(second, hostile()), allBits(first, hostile()));
        } else {
            assertThat(first.schema().fingerprint())
                    .isNotEqualTo(second.schema().fingerprint());
        }
    }

    @Test
    void allocationDoesNotGrowWithTheNumberOfTerms() {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(com.sun.management.ThreadMXBean.class);
        FeatureExtractor extractor = fitted();
        Product small = new Product("chaise", "table");
        Product large = HostileProducts.huge(5_000, false);
        FeatureVector vector = new FeatureVector(20_000);
        assertThat(leastAllocated(extractor, large, vector) - leastAllocated(extractor, small, vector))
                .as("bytes more for 2 x 5,000 characters than for 2 words, a call")
                .isLessThan(200);
    }

    private static long leastAllocated(FeatureExtractor extractor, Product product, FeatureVector vector) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 100; i++) {
                extractor.extract(product, vector);
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(thread) - before) / 100);
        }
        return least;
    }

    @Test
    void noThreadLocalKeepsThePluginAlive() throws IllegalAccessException {
        FeatureExtractor extractor = fitted();
        extractor.extract(products().get(0), new FeatureVector());
        Deque<Object> open = new ArrayDeque<>(List.of(extractor, factory()));
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Class<?>> classes = new HashSet<>();
        while (!open.isEmpty()) {
            Object object = open.pop();
            assertThat(object).isNotInstanceOf(ThreadLocal.class);
            if (!seen.add(object)) {
                continue;
            }
            if (object instanceof Object[] array) {
                Arrays.stream(array).filter(element -> element != null).forEach(open::push);
            }
            for (Class<?> c = object.getClass(); c.getName().startsWith("org.controlroom."); c = c.getSuperclass()) {
                push(c, object, classes.add(c), open);
            }
        }
    }

    private static void push(Class<?> declaring, Object object, boolean statics, Deque<Object> open)
            throws IllegalAccessException {
        for (Field field : declaring.getDeclaredFields()) {
            boolean isStatic = Modifier.isStatic(field.getModifiers());
            if (!field.getType().isPrimitive() && (statics || !isStatic)) {
                field.setAccessible(true);
                Object value = field.get(isStatic ? null : object);
                if (value != null) {
                    open.push(value);
                }
            }
        }
    }

    @Test
    void aCancelledFitStopsWhereverItIs() {
        RecordingProgress watched = new RecordingProgress();
        TrainingContexts.with(settings(), 1, 2, watched, context -> factory().fit(products(), context));
        assertThat(watched.checks()).as("looks for a cancellation").isPositive();
        assertThat(watched.reports()).as("progress reports").isNotEmpty();
        for (long check : new long[] {1, 1 + Seed.random().nextLong(watched.checks())}) {
            assertThatThrownBy(() -> TrainingContexts.with(
                            settings(),
                            1,
                            2,
                            RecordingProgress.cancellingAtCheck(check),
                            context -> factory().fit(products(), context)))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
    }

    @Test
    void anUnknownSettingFailsWithItsName() {
        Map<String, String> values = new TreeMap<>(settings().values());
        values.put("noSuchSetting", "1");
        assertThatThrownBy(() -> fit(products(), Settings.of(values), 1))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_INVALID))
                .hasMessageContaining("noSuchSetting");
    }
}
