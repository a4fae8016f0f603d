package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Settings;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.Explaining;
import org.controlroom.spi.classify.WeighsLabels;
import org.junit.jupiter.api.Test;

/** What every {@link ClassifierTrainer} and the {@link Classifier} it trains must withstand. */
public abstract class ClassifierContract {

    private static final int[] CODES = {2705, -7, 10, 2280, Integer.MAX_VALUE, 40, Integer.MIN_VALUE};

    /** A new trainer, as the component is made when its bundle starts. */
    protected abstract ClassifierTrainer trainer();

    /** Complete settings to train with. */
    protected Settings settings() {
        return Settings.of(Map.of());
    }

    /** Share of rows of separable data, never trained on, that must be classified right. */
    protected double requiredAccuracy() {
        return 0.95;
    }

    /** Whether the classifiers are {@link Explaining}; a plugin that explains says so here. */
    protected boolean explains() {
        return false;
    }

    private LabelledVectors data() {
        return LabelledVectors.separable(Seed.random(), 400, CODES);
    }

    private Classifier train(LabelledVectors data) {
        return train(data, settings());
    }

    private Classifier train(LabelledVectors data, Settings settings) {
        return TrainingContexts.with(settings, context -> trainer().train(data.vectors(), data.labels(), context));
    }

    private static float[] scores(Classifier classifier, FeatureVector vector) {
        float[] out = new float[classifier.labels().size()];
        classifier.score(vector, out);
        return out;
    }

    private List<FeatureVector> attackVectors(int columns) {
        SplittableRandom random = Seed.random();
        List<FeatureVector> vectors = new ArrayList<>();
        vectors.add(new FeatureVector());
        for (int size : new int[] {1, 2, 7, 31, columns, columns}) {
            vectors.add(LabelledVectors.randomVector(random, columns, size));
        }
        for (float extreme : new float[] {Float.MIN_VALUE, 0f, -0f, 1e9f, -1e9f, Float.MAX_VALUE, -Float.MAX_VALUE}) {
            FeatureVector vector = new FeatureVector();
            IntStream.range(0, columns).forEach(index -> vector.add(index, extreme));
            vectors.add(vector);
        }
        return vectors;
    }

    @Test
    void theLabelsAreThoseOfTheTrainingRows() {
        LabelledVectors data = data();
        Classifier classifier = train(data);
        assertThat(classifier.labels().toArray())
                .isEqualTo(Arrays.stream(CODES).sorted().toArray());
        assertThat(classifier.featureCount()).isEqualTo(data.vectors().columns());
    }

    @Test
    void rowsNeverSeenAreClassifiedRight() {
        LabelledVectors all = LabelledVectors.separable(Seed.random(), 1200, CODES);
        Classifier classifier = train(all.rows(0, 800));
        LabelledVectors unseen = all.rows(800, 1200);
        FeatureVector vector = new FeatureVector();
        int right = 0;
        for (int row = 0; row < unseen.labels().length; row++) {
            unseen.vectors().row(row, vector);
            float[] scores = scores(classifier, vector);
            int best = 0;
            for (int k = 1; k < scores.length; k++) {
                best = scores[k] > scores[best] ? k : best;
            }
            right += classifier.labels().code(best) == unseen.labels()[row] ? 1 : 0;
        }
        assertThat((double) right / unseen.labels().length)
                .as("accuracy, seed %d", Seed.value())
                .isGreaterThanOrEqualTo(requiredAccuracy());
    }

    @Test
    void everyScoreOfEveryVectorIsFinite() {
        Classifier classifier = train(data());
        for (FeatureVector vector : attackVectors(classifier.featureCount())) {
            for (float score : scores(classifier, vector)) {
                assertThat(Float.isFinite(score))
                        .as("score %s, seed %d", score, Seed.value())
                        .isTrue();
            }
        }
    }

    @Test
    void anExplanationAddsUpToTheScoreExactly() {
        Classifier classifier = train(data());
        assertThat(classifier instanceof Explaining).as("explains").isEqualTo(explains());
        assumeThat(explains()).isTrue();
        ExplanationAttacks.contributionsAddUpToTheScore(classifier, attackVectors(classifier.featureCount()));
        SplittableRandom random = Seed.random();
        List<FeatureVector> ordinary = IntStream.range(0, 30)
                .mapToObj(size -> LabelledVectors.randomVector(random, classifier.featureCount(), size))
                .toList();
        ExplanationAttacks.theBiasIsTheScoreOfNothing(classifier, ordinary);
        ExplanationAttacks.aFeatureAloneAddsWhatItIsSaidToAdd(classifier);
    }

    @Test
    void onlyTheScoresAreWritten() {
        Classifier classifier = train(data());
        FeatureVector vector = LabelledVectors.randomVector(Seed.random(), classifier.featureCount(), 20);
        float[] longer = new float[CODES.length + 3];
        Arrays.fill(longer, 42f);
        classifier.score(vector, longer);
        assertThat(Arrays.copyOf(longer, CODES.length)).isEqualTo(scores(classifier, vector));
        assertThat(Arrays.copyOfRange(longer, CODES.length, longer.length)).containsOnly(42f);
    }

    @Test
    void anOutputThatIsTooShortFails() {
        Classifier classifier = train(data());
        assertThatThrownBy(() -> classifier.score(new FeatureVector(), new float[CODES.length - 1]))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void anIndexOutsideTheTrainedFeaturesFailsAndHarmsNothing() {
        Classifier classifier = train(data());
        FeatureVector good = LabelledVectors.randomVector(Seed.random(), classifier.featureCount(), 20);
        float[] before = scores(classifier, good);
        // Powers of two times the width of a row wrap around to a valid position in 32 bits.
        for (int index : new int[] {-1, classifier.featureCount(), Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 27}) {
            FeatureVector hostile = new FeatureVector();
            hostile.add(index, 1f);
            assertThatThrownBy(() -> scores(classifier, hostile))
                    .as("index %d of %d", index, classifier.featureCount())
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(scores(classifier, good)).isEqualTo(before);
    }

    @Test
    void fourThreadsGetTheSameBits() throws Exception {
        Classifier classifier = train(data());
        List<FeatureVector> vectors = attackVectors(classifier.featureCount());
        List<float[]> expected =
                vectors.stream().map(vector -> scores(classifier, vector)).toList();
        FourThreads.check(200, () -> {
            for (int i = 0; i < vectors.size(); i++) {
                assertThat(scores(classifier, vectors.get(i))).isEqualTo(expected.get(i));
            }
        });
    }

    @Test
    void scoringAllocatesNothing() {
        assumeThat(java.lang.management.ManagementFactory.getThreadMXBean())
                .isInstanceOf(com.sun.management.ThreadMXBean.class);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        assumeThat(threads.isThreadAllocatedMemoryEnabled()).isTrue();
        Classifier classifier = train(data());
        FeatureVector vector = LabelledVectors.randomVector(Seed.random(), classifier.featureCount(), 40);
        float[] out = new float[CODES.length];
        long thread = Thread.currentThread().getId();
        long leastAllocated = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1000; i++) {
                classifier.score(vector, out);
            }
            leastAllocated = Math.min(leastAllocated, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(leastAllocated).as("bytes of 1,000 calls").isLessThan(1000);
    }

    @Test
    void aSavedClassifierLoadsTheSame() throws IOException {
        Classifier classifier = train(data());
        byte[] state = StateAttacks.save(classifier::save);
        for (Classifier loaded : List.of(
                trainer().load(new ByteArrayInputStream(state)), trainer().load(StateAttacks.dribble(state)))) {
            assertThat(loaded.labels()).isEqualTo(classifier.labels());
            assertThat(loaded.featureCount()).isEqualTo(classifier.featureCount());
            assertThat(StateAttacks.save(loaded::save)).isEqualTo(state);
            for (FeatureVector vector : attackVectors(classifier.featureCount())) {
                assertThat(scores(loaded, vector)).isEqualTo(scores(classifier, vector));
            }
        }
    }

    @Test
    void aDamagedStateIsRefused() {
        StateAttacks.everyDamageIsNoticed(
                StateAttacks.save(train(data())::save), state -> trainer().load(state));
    }

    @Test
    void aBrokenStreamIsNotTakenForADamagedState() {
        byte[] state = StateAttacks.save(train(data())::save);
        StateAttacks.aBrokenStreamIsNotADamagedState(state, stream -> trainer().load(stream));
    }

    @Test
    void sameDataSettingsAndSeedGiveTheSameBytesWithAnyNumberOfThreads() {
        LabelledVectors data = data();
        byte[] expected = null;
        for (int threads : new int[] {1, 1, 3}) {
            byte[] state = TrainingContexts.with(settings(), Seed.value(), threads, Progress.NONE, context -> {
                Classifier classifier = trainer().train(data.vectors(), data.labels(), context);
                return StateAttacks.save(classifier::save);
            });
            assertThat(state).as("%d threads", threads).isEqualTo(expected == null ? state : expected);
            expected = state;
        }
    }

    @Test
    void twoTrainingsAtOnceDoNotDisturbEachOther() throws Exception {
        LabelledVectors data = data();
        ClassifierTrainer shared = trainer();
        Callable<byte[]> training = () -> TrainingContexts.with(settings(), context -> {
            Classifier classifier = shared.train(data.vectors(), data.labels(), context);
            return StateAttacks.save(classifier::save);
        });
        byte[] alone = training.call();
        assertThat(FourThreads.call(training))
                .allSatisfy(state -> assertThat(state).isEqualTo(alone));
    }

    @Test
    void trainingChangesNeitherVectorsNorLabels() {
        LabelledVectors data = data();
        FeatureMatrix vectors = data.vectors();
        int[] labels = data.labels().clone();
        int[] offsets = vectors.rowOffsets().clone();
        int[] indices = vectors.indices().clone();
        float[] values = vectors.values().clone();
        train(data);
        assertThat(data.labels()).isEqualTo(labels);
        assertThat(vectors.rowOffsets()).isEqualTo(offsets);
        assertThat(vectors.indices()).isEqualTo(indices);
        assertThat(vectors.values()).isEqualTo(values);
    }

    @Test
    void oneLabelOnlyCannotBeTrainedOn() {
        LabelledVectors data = data();
        Arrays.fill(data.labels(), 10);
        assertTrainingFails(data, ErrorCode.TRAINING_DATA_INVALID);
    }

    @Test
    void noRowsCannotBeTrainedOn() {
        LabelledVectors none = new LabelledVectors(new FeatureMatrix.Builder(5, 0).build(), new int[0]);
        assertTrainingFails(none, ErrorCode.TRAINING_DATA_INVALID);
    }

    @Test
    void labelsOfAnotherLengthThanTheRowsCannotBeTrainedOn() {
        LabelledVectors data = data();
        for (int length : new int[] {data.labels().length - 1, data.labels().length + 1}) {
            LabelledVectors uneven = new LabelledVectors(data.vectors(), Arrays.copyOf(data.labels(), length));
            assertTrainingFails(uneven, ErrorCode.TRAINING_DATA_INVALID);
        }
    }

    private void assertTrainingFails(LabelledVectors data, ErrorCode code) {
        assertThatThrownBy(() -> train(data))
                .isInstanceOfSatisfying(
                        ControlRoomException.class,
                        e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
    }

    @Test
    void rowsWithoutFeaturesAndLabelsWithOneRowAreNoReasonToFail() {
        FeatureMatrix.Builder builder = new FeatureMatrix.Builder(3, 4);
        FeatureVector vector = new FeatureVector();
        builder.add(vector).add(vector).add(vector);
        vector.add(2, 1f);
        Classifier classifier = train(new LabelledVectors(builder.add(vector).build(), new int[] {1, 1, 2, 3}));
        for (float score : scores(classifier, vector)) {
            assertThat(Float.isFinite(score)).isTrue();
        }
    }

    @Test
    void contradictingLabelsForTheSameVectorAreNoReasonToFail() {
        FeatureMatrix.Builder builder = new FeatureMatrix.Builder(1, 40);
        FeatureVector vector = new FeatureVector();
        vector.add(0, 1f);
        int[] labels = IntStream.range(0, 40).map(row -> row % 4).toArray();
        IntStream.range(0, 40).forEach(row -> builder.add(vector));
        for (float score : scores(train(new LabelledVectors(builder.build(), labels)), vector)) {
            assertThat(Float.isFinite(score)).isTrue();
        }
    }

    @Test
    void aCancelledTrainingStopsWhereverItIs() {
        LabelledVectors data = data();
        RecordingProgress watched = new RecordingProgress();
        TrainingContexts.with(
                settings(), 1, 2, watched, context -> trainer().train(data.vectors(), data.labels(), context));
        assertThat(watched.checks()).as("looks for a cancellation").isPositive();
        assertThat(watched.reports()).as("progress reports").isNotEmpty();
        for (long check : new long[] {1, 1 + Seed.random().nextLong(watched.checks())}) {
            RecordingProgress cancelling = RecordingProgress.cancellingAtCheck(check);
            assertThatThrownBy(() -> TrainingContexts.with(
                            settings(),
                            1,
                            2,
                            cancelling,
                            context -> trainer().train(data.vectors(), data.labels(), context)))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
    }

    @Test
    void settingsThatWeighLabelsAreCompleteAndCanBeTrainedWith() {
        if (!(trainer() instanceof WeighsLabels weighs)) {
            return;
        }
        Settings weighing = weighs.weighingLabels(settings());
        assertThat(weighing.values()).containsOnlyKeys(settings().values().keySet());
        assertThat(weighs.weighingLabels(weighing)).isEqualTo(weighing);
        LabelledVectors data = data();
        int[] labels = data.labels();
        int[] few = IntStream.range(0, labels.length)
                .filter(row -> labels[row] != CODES[0] || row % 10 == 0)
                .toArray();
        int[] fewLabels = Arrays.stream(few).map(row -> labels[row]).toArray();
        Classifier classifier = TrainingContexts.with(
                weighing, context -> trainer().train(data.vectors().select(few), fewLabels, context));
        assertThat(classifier.labels()).isEqualTo(Labels.of(fewLabels));
    }

    @Test
    void anUnknownSettingFailsWithItsName() {
        Map<String, String> values = new TreeMap<>(settings().values());
        values.put("noSuchSetting", "1");
        assertThatThrownBy(() -> train(data(), Settings.of(values)))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_INVALID))
                .hasMessageContaining("noSuchSetting");
    }
}
