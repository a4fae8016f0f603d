package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.controlroom.core.compare.Comparison;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.schedule.WeeklyPipeline;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Settings;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.WeighsLabels;
import org.controlroom.testkit.FakeClassifierTrainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainOnDatasetTest {

    @TempDir
    Path folder;

    private Room room;
    private int runs;

    @BeforeEach
    void open() {
        room = new Room(folder);
        room.catalogue.completed(1, 0, 100);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private DatasetVersion generate(Map<String, String> parameters) {
        FakeRun run = new FakeRun("generate-dataset", "d" + ++runs, room.generate.complete(parameters))
                .from("write-dataset", room.generate);
        return room.datasets.find(run.outcome.get("dataset_version")).orElseThrow();
    }

    private FakeRun train(DatasetVersion version) {
        return new FakeRun("t" + ++runs, room.parameters(Map.of("dataset", version.id())))
                .from("snapshot-dataset", room.training);
    }

    @Test
    void theRowsAreThoseOfTheVersionWhateverCameSince() {
        DatasetVersion version = generate(Map.of("test_fraction", "0.25"));
        for (int i = 0; i < 50; i++) {
            room.catalogue.add(9_000 + i, "abcd" + i, "", 10);
        }

        FakeRun run = train(version);

        assertThat(run.outcome)
                .containsEntry("dataset_version", version.id())
                .containsEntry("dataset_hash", version.hash())
                .containsEntry("train_rows", Long.toString(version.trainRows()))
                .containsEntry("test_rows", Long.toString(version.testRows()))
                .containsEntry("promotion", "promoted");
        assertThat(version.trainRows() + version.testRows() + version.leftOutRows())
                .isEqualTo(180);
    }

    @Test
    void theRegistryLearnsWhichVersionItWas() {
        DatasetVersion version = generate(Map.of("test_fraction", "0.25"));
        train(version);

        ExperimentRun run = room.registry.allRuns().stream()
                .filter(one -> one.experiment().equals(TrainModelPipeline.EXPERIMENT))
                .findFirst()
                .orElseThrow();
        assertThat(run.parameters())
                .containsEntry("dataset_version", version.id())
                .containsEntry("dataset_hash", version.hash())
                .containsEntry("dataset_split", "seed 42 test 0.25")
                .containsEntry("test_fraction", "0.25");
        assertThat(run.tags()).containsEntry("dataset_version", version.id()).containsEntry("week", "21");
        assertThat(room.registry.inputs(run.id()))
                .extracting(DatasetInput::name)
                .containsExactly("dataset_week_21_test", "dataset_week_21_train");
        assertThat(room.registry.inputs(run.id()))
                .allMatch(input ->
                        input.source().contains(version.id()) && version.hash().startsWith(input.digest()));
        assertThat(room.registry.version(ModelVersion.CLASSIFIER, "1").tags())
                .containsEntry("dataset_version", version.id());
    }

    @Test
    void oversampledRowsAreLearntFromAndCalibrationTakesEachProductOnce() {
        for (int i = 0; i < 60; i++) {
            room.catalogue.add(9_000 + i, "abcdabcd" + (char) ('a' + i % 26) + i, "", 10);
        }
        DatasetVersion version = generate(Map.of("balancing_strategy", "oversample"));
        assertThat(version.trainWritten()).isGreaterThan(version.trainRows());

        FakeRun run = train(version);

        assertThat(run.outcome).containsEntry("train_rows", Long.toString(version.trainWritten()));
        long fold = version.classes().stream()
                .mapToLong(one -> Math.round(one.train() * 0.1))
                .sum();
        assertThat(run.log).anyMatch(line -> line.startsWith("calibrated on " + fold + " rows"));
        assertThat(room.catalogue.snapshots.get(0).byLabel().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(version.trainRows() + version.testRows());
    }

    /** Remembers with which settings it was asked to weigh labels. */
    private static final class Weighing implements ClassifierTrainer, WeighsLabels {
        private final ClassifierTrainer trainer = new FakeClassifierTrainer();
        private int asked;

        @Override
        public Classifier train(FeatureMatrix vectors, int[] labels, TrainingContext context) {
            assertThat(asked).isPositive();
            return trainer.train(vectors, labels, context);
        }

        @Override
        public Classifier load(InputStream state) throws IOException {
            return trainer.load(state);
        }

        @Override
        public Settings weighingLabels(Settings given) {
            asked++;
            return given;
        }
    }

    @Test
    void classWeightsAreTheClassifiersOwnOrTheTrainingIsRefused() {
        DatasetVersion version = generate(Map.of("balancing_strategy", "class_weights"));

        ControlRoomException refused = catchThrowableOfType(ControlRoomException.class, () -> train(version));

        assertThat(refused.code()).isEqualTo(ErrorCode.SETTINGS_INVALID);
        assertThat(refused).hasMessageContaining(version.id()).hasMessageContaining("fake-classifier cannot apply");

        room.plugins.with("weighing", "1.0.0", new Weighing());
        Map<String, String> parameters = room.parameters(Map.of("dataset", version.id(), "classifier", "weighing"));
        FakeRun run = new FakeRun("w", parameters).from("snapshot-dataset", room.training);
        assertThat(run.outcome).containsEntry("promotion", "promoted");
    }

    @Test
    void anUnknownVersionIsOneOfTheMistakes() {
        ControlRoomException refused = catchThrowableOfType(
                ControlRoomException.class, () -> room.parameters(Map.of("dataset", "0123", "seed", "x")));

        assertThat(refused.problems()).extracting(Problem::field).containsExactlyInAnyOrder("dataset", "seed");
    }

    @Test
    void aRunFromBeforeThereWasAChoiceGoesOnWithTheCatalogue() {
        Map<String, String> old = new TreeMap<>(room.parameters(Map.of()));
        old.remove("dataset");
        FakeRun run = new FakeRun("old", old).from("snapshot-dataset", room.training);

        assertThat(run.outcome).containsEntry("test_rows", "36").doesNotContainKey("dataset_version");
    }

    @Test
    void theNextWeeksTestRowsAreNoneThatTheModelBeforeHasLearnt() {
        train(generate(Map.of()));
        for (int i = 0; i < 90; i++) {
            room.catalogue.add(500 + i, "qrst" + i + "mnop", "", 10 * (1 + i % 3));
        }
        DatasetVersion second = generate(Map.of());

        train(second);

        assertThat(second.testRows()).isGreaterThan(36);
        assertThat(room.decisions.all().get(1).rows().seenByOther()).isZero();
        assertThat(room.decisions.all().get(1).rows().datasetHash()).isEqualTo(second.hash());

        room.train("on-catalogue");
        assertThat(room.decisions.all().get(2).rows().seenByOther()).isPositive();
    }

    private Comparison compare() {
        return room.compare
                .compare(
                        room.registry.version(ModelVersion.CLASSIFIER, "1"),
                        room.registry.version(ModelVersion.CLASSIFIER, "2"))
                .comparison();
    }

    @Test
    void versionsAreComparedOnTheTestSideOfTheirDataset() {
        DatasetVersion version = generate(Map.of());
        train(version);
        room.train("on-catalogue");

        Comparison comparison = compare();
        assertThat(comparison.rows().rows()).isEqualTo((int) version.testRows());
        assertThat(comparison.rows().sameDataset()).isTrue();
        assertThat(comparison.rows().datasetHash()).isEqualTo(version.hash());
        assertThat(comparison.rows().seenByOther()).isPositive();

        room.catalogue.add(9_000, "abcd", "", 10);
        room.now = room.now.plusSeconds(600); // a comparison is kept so long
        assertThat(compare().rows().sameDataset()).isFalse();
        assertThat(compare().rows().rows()).isEqualTo((int) version.testRows());
    }

    @Test
    void aFileThatIsGoneOrChangedIsNotTrainedOn() throws IOException {
        DatasetVersion version = generate(Map.of());
        Path file = folder.resolve("datasets")
                .resolve(version.id())
                .resolve(version.files().get(0).name());
        Files.writeString(file, Files.readString(file).replaceFirst("a", "b"));

        ControlRoomException changed = catchThrowableOfType(ControlRoomException.class, () -> train(version));
        assertThat(changed.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(changed)
                .hasMessageContaining("must be " + version.files().get(0).sha256());

        Files.delete(file);
        ControlRoomException gone = catchThrowableOfType(ControlRoomException.class, () -> train(version));
        assertThat(gone.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(gone).hasMessageContaining("is not on this node");
        assertThat(generate(Map.of()).id()).isEqualTo(version.id());
        assertThat(train(version).outcome).containsEntry("promotion", "promoted");
    }

    @Test
    void theSameVersionAndSeedGiveTheSameModel() throws IOException {
        DatasetVersion version = generate(Map.of("balancing_strategy", "oversample", "balanced_size", "100"));
        train(version);
        Room other = new Room(
                folder.resolve("other"), room.catalogue, new FakeRegistry(folder.resolve("reg")), Room.plugins(), 1);
        try (other;
                Stream<Path> files = Files.walk(folder.resolve("datasets"))) {
            for (Path path : files.toList()) {
                Files.createDirectories(other.folder.resolve("datasets"));
                Path to = other.folder
                        .resolve("datasets")
                        .resolve(folder.resolve("datasets").relativize(path));
                if (Files.isRegularFile(path)) {
                    Files.copy(path, to);
                } else {
                    Files.createDirectories(to);
                }
            }
            other.datasets.save(version, "seed 42 test 0.2", room.datasets.sides("seed 42 test 0.2"));
            new FakeRun("same", other.parameters(Map.of("dataset", version.id())))
                    .from("snapshot-dataset", other.training);
            assertThat(other.registry
                            .version(ModelVersion.CLASSIFIER, "1")
                            .tags()
                            .get(ActivateModel.MANIFEST_TAG))
                    .isNotNull()
                    .isEqualTo(room.registry
                            .version(ModelVersion.CLASSIFIER, "1")
                            .tags()
                            .get(ActivateModel.MANIFEST_TAG));
        }
    }

    @Test
    void theWeeklyRunTrainsOnTheVersionThatItMade() {
        WeeklyPipeline weekly = new WeeklyPipeline(java.util.List.of(
                new WeeklyPipeline.Part("dataset.", room.generate, null),
                new WeeklyPipeline.Part("train.", room.training, null, Map.of("dataset", "dataset_version"))));
        Map<String, String> parameters = weekly.complete(Map.of(
                "train.preset", "none", "train.extractor", "fake-extractor", "train.classifier", "fake-classifier"));

        FakeRun run = new FakeRun("weekly", "w", parameters).from("write-dataset", weekly);

        DatasetVersion made = room.datasets.versions.get(0);
        assertThat(room.registry.version(ModelVersion.CLASSIFIER, "1").tags())
                .containsEntry("dataset_version", made.id());
        assertThat(run.outcome).containsEntry("train_rows", Long.toString(made.trainRows()));
    }
}
