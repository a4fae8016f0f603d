package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.fake.FakePredictionLog;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.core.promote.TakeOverModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportModelTest {

    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger open = new AtomicInteger();

    /** Products that were scored with others. */
    private final AtomicInteger together = new AtomicInteger();

    private final ExecutorService threads = Executors.newFixedThreadPool(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Knows two labels; a title with an x is most likely of the second. */
    private final class Xs implements RawTextClassifier {
        Xs() {
            open.incrementAndGet();
        }

        @Override
        public Labels labels() {
            return Labels.of(new int[] {10, 20});
        }

        @Override
        public void score(Product product, float[] out) {
            if (product.designation().equals("broken")) {
                throw new IllegalStateException("no luck");
            }
            double p = product.designation().contains("x") ? 0.9 : 0.2;
            out[0] = (float) Math.log((1 - p) / p);
            out[1] = -out[0];
        }

        @Override
        public void scoreAll(List<Product> products, float[][] out) {
            RawTextClassifier.super.scoreAll(products, out);
            together.addAndGet(products.size());
        }

        @Override
        public void save(OutputStream out) throws IOException {
            out.write('x');
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private final class XsFactory implements RawTextClassifierFactory {
        @Override
        public RawTextClassifier read(Path given) {
            if (!Files.exists(given.resolve("model"))) {
                throw new ControlRoomException(ErrorCode.ARTIFACT_INVALID, "must have model");
            }
            return new Xs();
        }

        @Override
        public RawTextClassifier load(InputStream state) throws IOException {
            assertThat(state.readAllBytes()).containsExactly('x');
            return new Xs();
        }
    }

    private Room room() {
        return room("text-x");
    }

    private Room room(String plugin) {
        return new Room(
                folder,
                Room.productsOf(3, 60),
                new FakeRegistry(folder.resolve("registry")),
                Room.plugins().with(plugin, "1.0.0", new XsFactory()),
                1);
    }

    private ImportModel imports(Room room) {
        return new ImportModel(
                room.plugins,
                room.registry,
                room.catalogue,
                room.readDatasets,
                room.live,
                new TrainingRoom(folder.resolve("runs"), threads, 1, "test"),
                InstantSource.system());
    }

    private Path model(String examples) throws IOException {
        Path model = Files.createDirectories(folder.resolve("given"));
        Files.writeString(model.resolve("model"), "");
        Files.writeString(model.resolve("examples.json"), examples);
        return model;
    }

    private static String example(String designation, int label) {
        return "{\"designation\": \"" + designation + "\", \"description\": \"\", \"predicted_class\": " + label + "}";
    }

    @Test
    void anImportedModelIsPromotedAndServedLikeAnyOther() throws IOException {
        try (Room room = room()) {
            Path given = model("[" + example("xylophone", 20) + ", " + example("piano", 10) + "]");

            ModelVersion version = imports(room).importFrom(given, "text-x", "notebook");

            assertThat(version.tags()).containsEntry("imported_from", "notebook");
            assertThat(room.registry.allRuns().get(0).status()).isEqualTo(RunStatus.COMPLETED);
            room.promotion.promote(version.version(), "made in Python", "test");
            try (LiveModel live = room.live.acquire()) {
                float[] out = new float[2];
                live.model().answer(new Product("saxophone", ""), out);
                assertThat(out).containsExactly(new float[] {0.1f, 0.9f}, within(1e-6f));
                Manifest manifest = live.model().manifest();
                assertThat(manifest.extractor()).isNull();
                assertThat(manifest.formatVersion()).isEqualTo(2);
                assertThat(manifest.files()).doesNotContainKey(ModelFolder.EXTRACTOR);
                assertThat(live.model().plugins()).isEqualTo(List.of("text-x 1.0.0"));
                assertThatThrownBy(() -> live.model().checkExplains())
                        .hasMessageContaining("text-x 1.0.0 takes the text as it is");
            }
            room.registry.failOnceAfter("fetchArtifact"); // the list of versions is enough
            ModelNeeds needs = new ModelNeeds(room.registry, folder.resolve("needs"));
            List<ModelNeeds.Need> byTag = needs.needs();
            assertThat(byTag).extracting(need -> need.plugin().id()).containsExactly("text-x");
            room.registry.setVersionTags(
                    version.name(), version.version(), Map.of(ModelNeeds.PLUGINS_TAG, "written by somebody"));
            assertThatThrownBy(needs::needs).hasMessageContaining("fetchArtifact");
            assertThat(needs.needs())
                    .extracting(need -> need.plugin().range())
                    .containsExactly(byTag.get(0).plugin().range());
            assertThat(open).as("classifiers that are not closed").hasValue(1);
        }
    }

    @Test
    void anImportedModelIsMeasuredOnTheRowsThatTheLiveModelIsMeasuredOn() throws IOException {
        try (Room room = room()) {
            new FakeRun("1", room.parameters(Map.of("testFraction", "0.3", "seed", "7")))
                    .from("snapshot-dataset", room.training);
            ModelVersion version = imports(room).importFrom(model("[]"), "text-x", "notebook");

            ExperimentRun imported = room.registry.run(version.runId());
            assertThat(imported.metrics())
                    .containsKeys("f1_weighted", "accuracy", "ece", "f1_class_30", "baseline_f1_weighted");
            assertThat(version.tags())
                    .containsEntry(
                            "f1_weighted", imported.metrics().get("f1_weighted").toString())
                    .containsEntry("dataset_hash", imported.tags().get("dataset_hash"))
                    .containsEntry("evaluation.reason", "{\"key\": \"evaluation-held-out\",\"values\": [\"54\"]}")
                    .hasEntrySatisfying(
                            "evaluation",
                            said -> assertThat(said)
                                    .contains(
                                            "on the 54 hold-out rows",
                                            "whether the model has learnt from them is not known"));
            Path artifacts = room.registry.artifactFolder(version.runId());
            assertThat(artifacts.resolve("confusion_matrix.png")).exists();
            assertThat(artifacts.resolve("evaluation.json")).content().contains("\"test_rows\": 54");
            assertThat(artifacts.resolve("model/reference.json")).content().contains("\"confidence\"", "\"labels\"");
            assertThat(ModelFolder.read(artifacts.resolve("model")).figures())
                    .containsKeys("f1_weighted", "ece")
                    .doesNotContainKey("f1_class_30");
        }
    }

    @Test
    void withoutLabelledRowsTheRunSaysWhyItHasNoFigures() throws IOException {
        try (Room room = room()) {
            room.catalogue.rows.clear();
            ModelVersion version = imports(room).importFrom(model("[]"), "text-x", "notebook");

            ExperimentRun imported = room.registry.run(version.runId());
            assertThat(imported.metrics()).isEmpty();
            assertThat(imported.tags().get("evaluation"))
                    .isEqualTo(version.tags().get("evaluation"))
                    .contains("none, because the catalogue has 0 labelled rows");
            assertThat(version.tags().get("evaluation.reason"))
                    .isEqualTo("{\"key\": \"evaluation-few-rows\",\"values\": [\"0\", \"0\", \"{}\", \"10\"]}");
            assertThat(version.tags()).doesNotContainKeys("f1_weighted", "dataset_hash");
        }
    }

    @Test
    void aVersionThatOthersRegisteredIsTakenOverWhenItIsPromoted() throws IOException {
        try (Room room = room(TakeOverModel.USUAL_PLUGIN)) {
            ModelVersion version = registered(room, model("[" + example("xylophone", 20) + "]"));

            room.promotion.promote(version.version(), "made in Python", "test");

            try (LiveModel live = room.live.acquire()) {
                float[] out = new float[2];
                live.model().answer(new Product("saxophone", ""), out);
                assertThat(out).containsExactly(new float[] {0.1f, 0.9f}, within(1e-6f));
                assertThat(live.model().manifest().provenance().get("imported_from"))
                        .contains("registered elsewhere", version.runId());
            }
        }
    }

    @Test
    void aVersionThatCannotBeTakenOverIsRefusedWithWhatItHas() throws IOException {
        try (Room room = room(TakeOverModel.USUAL_PLUGIN)) {
            ModelVersion version = registered(room, model("[" + example("xylophone", 10) + "]"));
            assertThatThrownBy(() -> room.promotion.promote(version.version(), "made in Python", "test"))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                    .hasMessageContaining("was registered elsewhere, with the files [examples.json, model]")
                    .hasMessageContaining("the label 20; must be 10")
                    .hasMessageContaining("docs/python.md");
            assertThat(room.live.isServing()).isFalse();
            assertThat(open).hasValue(0);
        }
    }

    private static ModelVersion registered(Room room, Path files) {
        String run = room.registry.startRun("notebook", "by hand", Map.of());
        room.registry.logArtifact(run, files, "model");
        return room.registry.registerVersion(ModelVersion.CLASSIFIER, run, Map.of());
    }

    @Test
    void productsOfABatchGoThroughTheModelTogetherAndOneThatFailsDoesNotHarmTheOthers() throws IOException {
        try (Room room = room()) {
            ModelVersion version = imports(room).importFrom(model("[]"), "text-x", "notebook");
            room.promotion.promote(version.version(), "made in Python", "test");
            FakePredictionLog log = new FakePredictionLog();
            ServePrediction serving =
                    new ServePrediction(room.live, log, Telemetry.NONE, InstantSource.fixed(Room.NOW), new Random(1));
            together.set(0);

            assertThat(answers(serving, "piano", "sax", "x")).containsExactly("10", "20", "20");
            assertThat(together).hasValue(3);
            assertThat(log.logged).extracting(Prediction::label).containsExactly(10, 20, 20);
            assertThat(answers(serving, "piano", "broken", "x")).containsExactly("10", "PLUGIN_FAILED", "20");
            assertThat(log.logged).hasSize(5);
            assertThat(answers(serving)).isEmpty();
            assertThat(answers(serving, "sax")).containsExactly("20");
        }
    }

    private static List<String> answers(ServePrediction serving, String... titles) {
        List<String> answers = new ArrayList<>();
        List<Product> products =
                Arrays.stream(titles).map(title -> new Product(title, "")).toList();
        serving.predictAll(products, new ServePrediction.Answers() {
            @Override
            public void predicted(int row, Prediction prediction) {
                assertThat(row).isEqualTo(answers.size());
                answers.add(Integer.toString(prediction.label()));
            }

            @Override
            public void failed(int row, Throwable reason) {
                assertThat(row).isEqualTo(answers.size());
                answers.add(((ControlRoomException) reason).code().name());
            }
        });
        return answers;
    }

    @Test
    void aModelThatAnswersAnExampleOtherwiseIsNotRegistered() throws IOException {
        try (Room room = room()) {
            Path given = model("[" + example("xylophone", 20) + ", " + example("piano", 20) + "]");

            assertThatThrownBy(() -> imports(room).importFrom(given, "text-x", "notebook"))
                    .isInstanceOf(ControlRoomException.class)
                    .hasMessageContaining("gives product 2 the label 10; must be 20");

            assertThat(room.registry.allRuns()).isEmpty();
            assertThat(open).hasValue(0);
            assertThat(folder.resolve("runs")).isEmptyDirectory();
        }
    }

    @Test
    void whatIsNoModelIsRefusedByThePlugin() throws IOException {
        try (Room room = room()) {
            Path empty = Files.createDirectories(folder.resolve("empty"));
            assertThatThrownBy(() -> imports(room).importFrom(empty, "text-x", "notebook"))
                    .hasMessageContaining("must have model");
            assertThatThrownBy(() -> imports(room).importFrom(model("{}"), "text-x", "notebook"))
                    .hasMessageContaining("examples.json");
            assertThatThrownBy(() -> imports(room).importFrom(model("[]"), "no-plugin", "notebook"))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_MISSING));
            assertThat(open).hasValue(0);
        }
    }
}
