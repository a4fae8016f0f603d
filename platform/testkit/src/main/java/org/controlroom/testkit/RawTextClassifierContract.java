package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link RawTextClassifierFactory} and the {@link RawTextClassifier} it makes must withstand. */
public abstract class RawTextClassifierContract {

    private static final int HUGE = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    /** A new factory, as the component is made when its bundle starts. */
    protected abstract RawTextClassifierFactory factory();

    /** Folder with the files of a small model; nothing is written there. */
    protected abstract Path model();

    private RawTextClassifier read() {
        try {
            return factory().read(model());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Product> hostile() {
        return HostileProducts.hostile(Seed.random());
    }

    private static float[] scores(RawTextClassifier classifier, Product product) {
        float[] out = new float[classifier.labels().size()];
        classifier.score(product, out);
        return out;
    }

    private static List<float[]> allScores(RawTextClassifier classifier, List<Product> products) {
        return products.stream().map(product -> scores(classifier, product)).toList();
    }

    private static void assertSame(List<float[]> actual, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("scores %d, seed %d", i, Seed.value()).isEqualTo(expected.get(i));
        }
    }

    @Test
    void everyScoreOfEveryTextIsFinite() {
        try (RawTextClassifier classifier = read()) {
            for (Product product : hostile()) {
                for (float score : scores(classifier, product)) {
                    assertThat(Float.isFinite(score))
                            .as("score %s of %s, seed %d", score, product, Seed.value())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void onlyTheScoresAreWritten() {
        try (RawTextClassifier classifier = read()) {
            int labels = classifier.labels().size();
            Product product = new Product("chaise", "table");
            float[] longer = new float[labels + 3];
            Arrays.fill(longer, 42f);
            classifier.score(product, longer);
            assertThat(Arrays.copyOf(longer, labels)).isEqualTo(scores(classifier, product));
            assertThat(Arrays.copyOfRange(longer, labels, labels + 3)).containsOnly(42f);
        }
    }

    @Test
    void productsHaveDifferentScores() {
        try (RawTextClassifier classifier = read()) {
            long different = allScores(classifier, HostileProducts.ordinary(Seed.random(), 100)).stream()
                    .map(Arrays::toString)
                    .distinct()
                    .count();
            assertThat(different).as("different answers to 100 products").isGreaterThan(10);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aHugeTextTakesItsTimeAndLeavesNothingBehind() {
        try (RawTextClassifier classifier = read()) {
            List<float[]> before = allScores(classifier, hostile());
            for (boolean oneWord : new boolean[] {true, false}) {
                scores(classifier, HostileProducts.huge(HUGE, oneWord));
            }
            assertSame(allScores(classifier, hostile()), before);
        }
    }

    @Test
    void fourThreadsGetTheSameBits() throws Exception {
        try (RawTextClassifier classifier = read()) {
            List<Product> products = hostile();
            List<float[]> expected = allScores(classifier, products);
            FourThreads.check(5, () -> assertSame(allScores(classifier, products), expected));
        }
    }

    @Test
    void manyProductsAtOnceHaveTheProbabilitiesOfEach() throws Exception {
        try (RawTextClassifier classifier = read()) {
            List<Product> products = new ArrayList<>(hostile());
            products.addAll(HostileProducts.ordinary(Seed.random(), 200));
            for (int size : new int[] {0, 1, 2, 63, 64, 65, products.size()}) {
                assertTogetherAsAlone(classifier, products.subList(0, size));
            }
            FourThreads.check(3, () -> assertTogetherAsAlone(classifier, products));
        }
    }

    private static void assertTogetherAsAlone(RawTextClassifier classifier, List<Product> products) {
        int labels = classifier.labels().size();
        float[][] together = new float[products.size()][labels + 2];
        for (float[] out : together) {
            Arrays.fill(out, 42f);
        }
        classifier.scoreAll(products, together);
        for (int i = 0; i < together.length; i++) {
            float[] alone = scores(classifier, products.get(i));
            for (int k = 0; k < labels; k++) {
                assertThat(probability(together[i][k]))
                        .as("label %d of product %d of %d, seed %d", k, i, together.length, Seed.value())
                        .isCloseTo(probability(alone[k]), within(1e-5));
            }
            assertThat(Arrays.copyOfRange(together[i], labels, labels + 2)).containsOnly(42f);
        }
    }

    private static double probability(float score) {
        return 1 / (1 + Math.exp(-score));
    }

    @Test
    void aSavedClassifierLoadsTheSame() throws IOException {
        try (RawTextClassifier classifier = read()) {
            byte[] state = StateAttacks.save(classifier::save);
            List<float[]> expected = allScores(classifier, hostile());
            for (RawTextClassifier loaded : List.of(
                    factory().load(new ByteArrayInputStream(state)), factory().load(StateAttacks.dribble(state)))) {
                try (loaded) {
                    assertThat(loaded.labels()).isEqualTo(classifier.labels());
                    assertSame(allScores(loaded, hostile()), expected);
                    assertThat(StateAttacks.save(loaded::save))
                            .as("state saved again")
                            .isEqualTo(state);
                }
            }
        }
    }

    @Test
    void twoClassifiersOfOneFolderAreTheSameAndCloseAlone() {
        RawTextClassifier first = read();
        try (RawTextClassifier second = read()) {
            assertThat(StateAttacks.save(first::save)).isEqualTo(StateAttacks.save(second::save));
            first.close();
            first.close();
            assertThat(scores(second, new Product("chaise", ""))).isNotEmpty();
        }
    }

    @Test
    void everyDamageOfItsStateIsNoticed() {
        try (RawTextClassifier classifier = read()) {
            byte[] state = StateAttacks.save(classifier::save);
            StateAttacks.everyDamageIsNoticed(state, factory()::load);
            StateAttacks.aBrokenStreamIsNotADamagedState(state, factory()::load);
        }
    }

    @Test
    void aFolderWithoutAModelSaysWhatIsMissing() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> factory().read(empty))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARTIFACT_INVALID))
                .hasMessageContaining("must have");
    }
}
