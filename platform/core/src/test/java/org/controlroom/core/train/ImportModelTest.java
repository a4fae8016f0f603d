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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.promote.ModelNeeds;
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
            double p = product.designation().contains("x") ? 0.9 : 0.2;
            out[0] = (float) Math.log((1 - p) / p);
            out[1] = -out[0];
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
        return new Room(
                folder,
                Room.productsOf(3, 60),
                new FakeRegistry(folder.resolve("registry")),
                Room.plugins().with("text-x", "1.0.0", new XsFactory()),
                1);
    }

    private ImportModel imports(Room room) {
        return new ImportModel(
                room.plugins,
                room.registry,
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
            assertThat(new ModelNeeds(room.registry, folder.resolve("needs")).needs())
                    .extracting(need -> need.plugin().id())
                    .containsExactly("text-x");
            assertThat(open).as("classifiers that are not closed").hasValue(1);
        }
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
