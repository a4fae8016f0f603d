package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.fake.FakeCatalogue;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Stage;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainModelPipelineTest {

    @TempDir
    Path folder;

    @Test
    void aFirstTrainingPutsTheModelIntoProduction() {
        try (Room room = new Room(folder)) {
            FakeRun run = room.train("1");

            assertThat(run.outcome)
                    .containsEntry("train_rows", "144")
                    .containsEntry("test_rows", "36")
                    .containsEntry("model_version", "1")
                    .containsEntry("promotion", "promoted");
            assertThat(Double.parseDouble(run.outcome.get("f1_weighted"))).isGreaterThan(0.8);
            ModelVersion version = room.registry.version(ModelVersion.CLASSIFIER, "1");
            assertThat(version.stage()).isEqualTo(Stage.PRODUCTION);
            assertThat(version.aliases()).containsExactly("production");
            assertThat(version.tags().get("promotion.reason"))
                    .contains("no model is live")
                    .contains("majority");
            assertThat(room.live.live().orElseThrow().version()).isEqualTo(version);
            assertThat(room.plugins.openLeases()).isEqualTo(2);
        }
    }

    @Test
    void theRegistryLearnsAllThatIsKnownOfTheRun() {
        try (Room room = new Room(folder)) {
            room.train("1");

            ExperimentRun run = room.registry.trainings().get(0);
            assertThat(run.experiment()).isEqualTo("rakuten_model_training");
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.parameters())
                    .containsEntry("seed", "42")
                    .containsEntry("extractor", "fake-extractor")
                    .containsEntry(
                            "dataset_hash", room.catalogue.snapshots.get(0).hash())
                    .containsEntry("train_rows", "144");
            assertThat(run.metrics())
                    .containsKeys(
                            "accuracy",
                            "f1_macro",
                            "f1_weighted",
                            "f1_class_10",
                            "log_loss",
                            "ece",
                            "seconds_fit_extractor",
                            "baseline_f1_weighted",
                            "coverage_at_90");
            assertThat(run.tags())
                    .containsKeys("jvm", "trained_at", "pipeline.run_id", "code_version")
                    .containsEntry("model_type", "fake-extractor + fake-classifier");
            assertThat(room.registry.inputs(run.id()))
                    .extracting(DatasetInput::name, DatasetInput::context)
                    .containsExactly(tuple("catalogue_test", "evaluation"), tuple("catalogue_train", "training"));
            Path artifacts = room.registry.artifactFolder(run.id());
            assertThat(artifacts.resolve("class_names.json")).content().contains("\"10\", \"20\", \"30\"");
            assertThat(artifacts.resolve("class_distribution.json"))
                    .content()
                    .contains("\"labels\": [10, 20, 30]", "\"train\": [48, 48, 48]", "\"test\": [12, 12, 12]");
            assertThat(artifacts.resolve("calibration_plot.json")).content().contains("\"ece\"", "\"bins\"");
            assertThat(artifacts.resolve("risk_coverage.json")).content().contains("\"area\"", "\"risk\"");
            assertThat(artifacts.resolve("evaluation.json")).content().contains("majority_baseline");
            assertThat(artifacts.resolve("model/MLmodel")).exists();
        }
    }

    @Test
    void equalRowsAreOneDatasetInTheRegistryHoweverOftenTheyAreTrainedOn() {
        try (Room room = new Room(folder)) {
            room.train("1");
            room.train("2");
            new FakeRun("3", room.parameters(Map.of("seed", "7"))).from("snapshot-dataset", room.training);

            List<ExperimentRun> datasets = room.registry.datasets();
            assertThat(datasets)
                    .extracting(ExperimentRun::status)
                    .containsExactly(RunStatus.COMPLETED, RunStatus.COMPLETED);
            assertThat(datasets.get(0).parameters())
                    .containsEntry(
                            "dataset_hash", room.catalogue.snapshots.get(0).hash())
                    .containsEntry("seed", "42");
            assertThat(datasets.get(0).metrics()).containsEntry("train_rows", 144.0);
            assertThat(room.registry.trainings())
                    .extracting(run -> run.tags().get("dataset_run"))
                    .containsExactly(
                            datasets.get(0).id(),
                            datasets.get(0).id(),
                            datasets.get(1).id());
        }
    }

    @Test
    void everyPictureOfTheRunHasItsFiguresBesideIt() throws IOException {
        try (Room room = new Room(folder)) {
            room.train("1");
            Path artifacts = room.registry.artifactFolder("run1");
            for (String name : List.of("confusion_matrix", "class_distribution", "calibration_plot", "risk_coverage")) {
                assertThat(artifacts.resolve(name + ".json")).exists();
                BufferedImage picture =
                        ImageIO.read(artifacts.resolve(name + ".png").toFile());
                assertThat(picture.getWidth()).as(name).isBetween(400, 2_000);
                int[] pixels =
                        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
                assertThat(Arrays.stream(pixels).distinct().count()).as(name).isGreaterThan(20);
            }
        }
    }

    @Test
    void aParkedRunOfAnOlderServerIsRegisteredWithWhatItHas() {
        try (Room room = new Room(folder)) {
            FakeRun run = new FakeRun("1", room.parameters(Map.of()));
            List<String> steps = room.training.steps();
            steps.subList(0, steps.indexOf("register")).forEach(step -> room.training.run(step, run));
            SafeFiles.delete(folder.resolve("runs/1/risk_coverage.png"));

            steps.subList(steps.indexOf("register"), steps.size()).forEach(step -> room.training.run(step, run));

            assertThat(run.outcome).containsEntry("promotion", "promoted");
            Path artifacts = room.registry.artifactFolder("run1");
            assertThat(artifacts.resolve("risk_coverage.json")).exists();
            assertThat(artifacts.resolve("risk_coverage.png")).doesNotExist();
        }
    }

    @Test
    void theMistakesOnTheHoldOutRowsAreKept() {
        try (Room room = new Room(folder)) {
            room.train("1");
            ExperimentRun run = room.registry.trainings().get(0);
            Path artifacts = room.registry.artifactFolder(run.id());

            MisclassifiedProducts mistakes = MisclassifiedProducts.read(artifacts.resolve(MisclassifiedProducts.FILE));
            assertThat(mistakes.total()).isEqualTo(Math.round((1 - run.metrics().get("accuracy")) * 36));
            assertThat(mistakes.rows()).hasSize((int) mistakes.total()).allSatisfy(row -> {
                LabelledProduct product = room.catalogue.rows.stream()
                        .filter(one -> one.productId() == row.productId())
                        .findFirst()
                        .orElseThrow();
                assertThat(row.designation()).isEqualTo(product.product().designation());
                assertThat(row.trueLabel()).isEqualTo(product.label()).isNotEqualTo(row.predictedLabel());
                assertThat(row.confidence()).isBetween(row.probabilityOfTrue(), 1.0);
            });
        }
    }

    @Test
    void theSameDataSettingsAndSeedGiveTheSameBytesWithAnyNumberOfThreads() throws IOException {
        SortedMap<String, String> first = artifactOf(folder.resolve("a"), 1);
        assertThat(first).hasSize(7 + 11).containsKeys("model/manifest.json", "confusion_matrix.png");
        assertThat(artifactOf(folder.resolve("b"), 1)).isEqualTo(first);
        assertThat(artifactOf(folder.resolve("c"), 4)).isEqualTo(first);
    }

    private static SortedMap<String, String> artifactOf(Path folder, int threads) throws IOException {
        FakeRegistry registry = new FakeRegistry(folder.resolve("registry"));
        try (Room room = new Room(folder, Room.productsOf(3, 700), registry, Room.plugins(), threads)) {
            room.train("run of " + threads);
            Path run = registry.artifactFolder("run1");
            SortedMap<String, String> hashes = new TreeMap<>();
            try (Stream<Path> files = Files.walk(run)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> hashes.put(run.relativize(file).toString(), SafeFiles.sha256(file)));
            }
            return hashes;
        }
    }

    @Test
    void everyStepCanBeRepeatedInANewProcess() {
        FakeRegistry registry = new FakeRegistry(folder.resolve("registry"));
        FakeCatalogue catalogue = Room.productsOf(3, 60);
        FakeRun run = null;
        for (String step : new String[] {
            "snapshot-dataset", "fit-extractor", "train-classifier", "calibrate", "evaluate", "register", "promote"
        }) {
            for (int attempt = 0; attempt < 2; attempt++) {
                try (Room process = new Room(folder, catalogue, registry, Room.plugins(), 2)) {
                    run = new FakeRun("1", process.parameters(Map.of()));
                    process.training.run(step, run);
                    if (attempt == 1 && step.equals("promote")) {
                        assertThat(process.live.isServing()).isTrue();
                    }
                }
            }
        }
        assertThat(run.outcome).containsEntry("promotion", "promoted");
        assertThat(registry.trainings()).hasSize(1);
        assertThat(registry.allVersions()).hasSize(1);
    }

    @Test
    void aRegistryThatFailsInTheMiddleGetsNothingTwice() {
        for (String method : new String[] {"startRun", "logParameters", "registerVersion"}) {
            Path own = folder.resolve(method);
            try (Room room = new Room(own)) {
                room.registry.failOnceAfter(method);
                FakeRun run = new FakeRun("1", room.parameters(Map.of()));
                if (method.equals("registerVersion")) {
                    assertThatThrownBy(() -> run.from("snapshot-dataset", room.training))
                            .hasMessageContaining(method);
                    run.from("register", room.training);
                } else {
                    run.from("snapshot-dataset", room.training);
                    assertThat(run.log)
                            .first()
                            .asString()
                            .contains("goes on without the registry")
                            .contains(method);
                }

                assertThat(room.registry.datasets()).hasSize(1);
                assertThat(room.registry.trainings()).hasSize(1);
                assertThat(room.registry.allVersions()).hasSize(1);
                assertThat(room.live.isServing()).isTrue();
            }
        }
    }

    @Test
    void aTrainingGoesOnWithoutTheRegistryAndIsRegisteredWhenItIsBack() {
        try (Room room = new Room(folder)) {
            room.registry.reachable(false);
            FakeRun run = new FakeRun("1", room.parameters(Map.of()));
            assertThatThrownBy(() -> run.from("snapshot-dataset", room.training))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE));
            assertThat(run.outcome).containsKey("f1_weighted").doesNotContainKey("model_version");

            room.registry.reachable(true);
            run.from("register", room.training);

            assertThat(run.outcome).containsEntry("model_version", "1").containsEntry("promotion", "promoted");
            ExperimentRun registered = room.registry.trainings().get(0);
            assertThat(registered.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(registered.metrics()).containsKeys("f1_weighted", "seconds_train_classifier");
        }
    }

    @Test
    void aRunThatFailsBeforeItHasAModelIsInTheRegistryWithItsParametersAndReason() {
        try (Room room = new Room(folder)) {
            FakeRun run = new FakeRun("7", room.parameters(Map.of("seed", "3")));
            room.training.run("snapshot-dataset", run);
            room.training.ended("7", RunStatus.FAILED, "not enough memory");

            ExperimentRun failed = room.registry.trainings().get(0);
            assertThat(run.outcome).containsEntry("registry_run", failed.id());
            assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
            assertThat(failed.parameters()).containsEntry("seed", "3").containsEntry("extractor", "fake-extractor");
            assertThat(failed.tags())
                    .containsEntry("pipeline.run_id", "7")
                    .containsEntry("pipeline.status", "failed")
                    .containsEntry("pipeline.reason", "not enough memory");
        }
    }

    @Test
    void aModelOfTheWeeklyPipelineNamesThatPipelineWhereItsRunIsNamed() {
        try (Room room = new Room(folder)) {
            new FakeRun("weekly", "run-00000004", room.parameters(Map.of())).from("snapshot-dataset", room.training);

            assertThat(room.registry.trainings().get(0).tags()).containsEntry("pipeline.name", "weekly");
            assertThat(room.deployments.entries())
                    .singleElement()
                    .asString()
                    .contains("promoted by weekly run-00000004: ");
        }
    }

    @Test
    void aPromotionThatWasKilledBeforeItsDeploymentWasWrittenIsInTheHistoryAfterTheRestart() {
        try (Room room = new Room(folder)) {
            room.deployments.reachable(false);
            FakeRun run = room.train("1");
            assertThat(run.outcome).containsEntry("promotion", "promoted");
            assertThat(room.deployments.entries()).isEmpty();
            room.deployments.reachable(true);

            run.from("promote", room.training).from("promote", room.training);

            assertThat(room.deployments.entries())
                    .singleElement()
                    .asString()
                    .startsWith("1 promoted by train-model 1: ");
        }
    }

    @Test
    void aRestartGoesOnWithTheSameRunOfTheRegistry() {
        FakeRegistry registry = new FakeRegistry(folder.resolve("registry"));
        FakeCatalogue catalogue = Room.productsOf(3, 60);
        try (Room room = new Room(folder, catalogue, registry, Room.plugins(), 2)) {
            room.training.run("snapshot-dataset", new FakeRun("1", room.parameters(Map.of())));
            room.training.ended("1", RunStatus.CANCELLED, "cancelled at step fit-extractor");
            assertThat(registry.trainings().get(0).status()).isEqualTo(RunStatus.CANCELLED);
            room.training.run("fit-extractor", new FakeRun("1", room.parameters(Map.of())));
            assertThat(registry.trainings().get(0).status()).isEqualTo(RunStatus.RUNNING);
        }
        try (Room process = new Room(folder, catalogue, registry, Room.plugins(), 2)) {
            process.training.ended("1", RunStatus.FAILED, "the process ended");
            assertThat(registry.trainings().get(0).status()).isEqualTo(RunStatus.FAILED);
            new FakeRun("1", process.parameters(Map.of())).from("train-classifier", process.training);
            process.training.ended("1", RunStatus.COMPLETED, "");
        }
        assertThat(registry.trainings()).hasSize(1);
        assertThat(registry.trainings().get(0).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(registry.trainings().get(0).tags())
                .containsEntry("pipeline.status", "completed")
                .containsEntry("pipeline.reason", "");
    }

    @Test
    void aRunWhosePromotionFailsKeepsItsModelAndSaysWhatFailed() {
        try (Room room = new Room(folder)) {
            room.registry.failOnceAfter("setStage");
            assertThatThrownBy(() -> room.train("1")).hasMessageContaining("setStage");
            room.training.ended("1", RunStatus.FAILED, "connection lost during setStage");

            ExperimentRun run = room.registry.trainings().get(0);
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.tags()).containsEntry("pipeline.status", "failed");
        }
    }

    @Test
    void theEndOfARunThatNeverBeganIsNoError() {
        try (Room room = new Room(folder)) {
            room.training.ended("1", RunStatus.CANCELLED, "cancelled at step snapshot-dataset");
            assertThat(room.registry.trainings()).isEmpty();
        }
    }

    @Test
    void aModelThatIsNotBetterIsRefusedWithTheFigures() {
        try (Room room = new Room(folder)) {
            room.train("1");
            FakeRun second = room.train("2");

            assertThat(second.outcome).containsEntry("promotion", "refused");
            assertThat(second.outcome.get("promotion_reason")).contains("is not better than live version 1's");
            assertThat(room.registry.version(ModelVersion.CLASSIFIER, "2").tags())
                    .containsEntry("promotion.decision", "refused");
            assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("1");
        }
    }

    @Test
    void aNodeThatServesNothingPromotesOnlyWhatIsBetterThanTheModelInProduction() {
        FakeRegistry registry = new FakeRegistry(folder.resolve("registry"));
        FakeCatalogue catalogue = Room.productsOf(3, 60);
        LiveModels none = LiveModels.notServing("this node answers no predictions");
        try (Room room = new Room(folder, catalogue, registry, Room.plugins(), 2, none)) {
            assertThat(room.train("1").outcome).containsEntry("promotion", "promoted");
            assertThat(registry.version(ModelVersion.CLASSIFIER, "1").aliases()).containsExactly("production");
            assertThat(room.live.live()).isEmpty();
            assertThat(room.plugins.openLeases()).isZero();

            FakeRun second = room.train("2");
            assertThat(second.outcome).containsEntry("promotion", "refused");
            assertThat(second.outcome.get("promotion_reason")).contains("is not better than live version 1's");
            assertThat(room.plugins.openLeases()).isZero();
            assertThatThrownBy(room.live::acquire).hasMessage("this node answers no predictions");
        }
    }

    @Test
    void aRunThatAskedForNoPromotionIsHeldInStagingWhenItIsGoodEnough() {
        try (Room room = new Room(folder)) {
            FakeRun run = new FakeRun("1", room.parameters(Map.of("promote", "never")));
            run.from("snapshot-dataset", room.training);
            assertThat(run.outcome).containsEntry("promotion", "held");
            assertThat(run.outcome.get("promotion_reason")).contains("promote=never");
            assertThat(room.live.isServing()).isFalse();
            ModelVersion version = room.registry.version(ModelVersion.CLASSIFIER, "1");
            assertThat(version.stage()).isEqualTo(Stage.STAGING);
            assertThat(version.aliases()).containsExactly("staging");
        }
    }

    @Test
    void everyDecisionIsKeptWithTheFiguresOfBothVersionsOnTheSameRows() {
        try (Room room = new Room(folder)) {
            room.train("1");
            room.train("2");

            PromotionDecision second = room.decisions.all().get(1);
            assertThat(second.outcome()).isEqualTo(PromotionDecision.Outcome.REFUSED);
            assertThat(second.version()).isEqualTo("2");
            assertThat(second.liveVersion()).isEqualTo("1");
            assertThat(second.actor()).isEqualTo("train-model 2");
            assertThat(second.rows().rows()).isEqualTo(36);
            assertThat(second.rows().seenByOther()).isZero();
            assertThat(second.checks())
                    .extracting(PromotionDecision.Check::rule)
                    .containsExactly("threshold", "margin", "classes");
            assertThat(second.metrics())
                    .allSatisfy(one -> assertThat(one.candidate()).isEqualTo(one.live()));
            assertThat(second.metrics())
                    .extracting(PromotionDecision.MetricPair::metric)
                    .contains("accuracy", "f1_macro", "f1_weighted", "log_loss", "ece");
            assertThat(second.classes())
                    .extracting(PromotionDecision.ClassPair::label)
                    .containsExactly(10, 20, 30);
            assertThat(second.classes())
                    .allSatisfy(one -> assertThat(one.candidate()).isEqualTo(one.live()));
            assertThat(room.registry.version(ModelVersion.CLASSIFIER, "2").aliases())
                    .containsExactly("challenger");
            assertThat(room.decisions.all().get(0).liveVersion()).isNull();
        }
    }

    @Test
    void rowsThatTheLiveModelMayHaveLearntAreCounted() {
        try (Room room = new Room(folder)) {
            room.train("1");
            FakeRun second = new FakeRun("2", room.parameters(Map.of("seed", "7")));
            second.from("snapshot-dataset", room.training);

            PromotionDecision decision = room.decisions.all().get(1);
            assertThat(decision.rows().seenByOther()).isBetween(20, 35);
            assertThat(decision.reason())
                    .contains("may have learnt " + decision.rows().seenByOther() + " of these rows");
        }
    }

    @Test
    void dataOfOneClassIsRefusedWithItsCounts() {
        assertRefused(Room.productsOf(1, 60), "60 labelled rows in 1 classes {10=60}; must be 2 classes");
    }

    @Test
    void anEmptyCatalogueIsRefused() {
        assertRefused(new FakeCatalogue(), "0 labelled rows in 0 classes {}; must be 10 rows");
    }

    private void assertRefused(FakeCatalogue catalogue, String message) {
        FakeRegistry registry = new FakeRegistry(folder);
        try (Room room = new Room(folder, catalogue, registry, Room.plugins(), 1)) {
            assertThatThrownBy(() -> room.train("1"))
                    .isInstanceOf(ControlRoomException.class)
                    .hasMessageContaining(message)
                    .extracting(e -> ((ControlRoomException) e).code())
                    .isEqualTo(ErrorCode.TRAINING_DATA_INVALID);
        }
    }

    @Test
    void aClassWithOneRowIsTrainedOn() {
        FakeCatalogue catalogue = Room.productsOf(3, 20).add(1, "zzzzzz", "", 99);
        FakeRegistry registry = new FakeRegistry(folder.resolve("registry"));
        try (Room room = new Room(folder, catalogue, registry, Room.plugins(), 1)) {
            assertThat(room.train("1").outcome).containsEntry("promotion", "promoted");
            assertThat(room.live.live().orElseThrow().model().labels().toArray())
                    .containsExactly(10, 20, 30, 99);
        }
    }

    @Test
    void allMistakesInTheParametersAreNamedAtOnce() {
        try (Room room = new Room(folder)) {
            assertThatThrownBy(() -> room.parameters(Map.of(
                            "seed", "x",
                            "testFraction", "2",
                            "promote", "maybe",
                            "colour", "red",
                            "extractor.depth", "3",
                            "classifier", "no-such-plugin")))
                    .hasMessageContaining("seed: 'x' is not a whole number")
                    .hasMessageContaining("testFraction: '2' is out of range; must be 0.01..0.9")
                    .hasMessageContaining("promote: 'maybe' is not one of [auto, never]")
                    .hasMessageContaining("colour: is not a parameter")
                    .hasMessageContaining("extractor.depth: is not a setting")
                    .hasMessageContaining("classifier: no-such-plugin 0; installed are []");
        }
    }

    @Test
    void anUnknownPresetIsNamedWithTheKnownOnes() {
        try (Room room = new Room(folder)) {
            assertThatThrownBy(() -> room.parameters(Map.of("preset", "fastest")))
                    .hasMessage("train-model: preset: 'fastest' is not one of [best, default, none, original]");
        }
    }

    @Test
    void completeParametersStayAsTheyAre() {
        try (Room room = new Room(folder)) {
            Map<String, String> complete = room.parameters(Map.of());
            assertThat(room.training.complete(complete)).isEqualTo(complete);
        }
    }
}
