package org.controlroom.plugins.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that keep weights in a file beside themselves. */
class ExternalDataTest {

    private static final String WEIGHTS = "5d2c0a8e-weights.data";

    @TempDir
    Path folder;

    @BeforeEach
    void copyTheModel() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/models/outside"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    private static float[] scores(RawTextClassifier classifier) {
        float[] scores = new float[classifier.labels().size()];
        classifier.score(new Product("chaise de jardin", "pliante"), scores);
        return scores;
    }

    @Test
    void theyAnswerAsTheModelThatHasAllInOneFile() throws IOException {
        OnnxClassifierFactory factory = new OnnxClassifierFactory();
        try (RawTextClassifier one = factory.read(Path.of("src/test/models/tokens"));
                RawTextClassifier two = factory.read(folder)) {
            assertThat(scores(two)).isEqualTo(scores(one));
        }
        assertThat(ExternalData.of(folder.resolve("model.onnx"))).containsExactly(WEIGHTS);
        assertThat(ExternalData.of(Path.of("src/test/models/linear/model.onnx")))
                .isEmpty();
    }

    @Test
    void aFlippedBitOfTheWeightsInTheStateIsFound() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RawTextClassifier classifier = new OnnxClassifierFactory().read(folder)) {
            classifier.save(out);
        }
        byte[] state = out.toByteArray();
        int weights = new String(state, StandardCharsets.ISO_8859_1).indexOf(WEIGHTS) + WEIGHTS.length() + 100;
        state[weights] ^= 1;
        assertThatThrownBy(() -> new OnnxClassifierFactory().load(new ByteArrayInputStream(state)))
                .hasMessageContaining("the state is damaged");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Files.delete(folder.resolve(WEIGHTS));
        refused("keeps weights in the file " + WEIGHTS + ", which must be beside it and is not there");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.move(folder.resolve(WEIGHTS), folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve(WEIGHTS), elsewhere);
        refused("which must be beside it and is not there");
    }

    @Test
    void nothingButAFileBesideTheModelIsRead() throws IOException {
        Path model = folder.resolve("model.onnx");
        byte[] good = Files.readAllBytes(model);
        // As long as the name that was there, so that all lengths around it stay right.
        for (String other : new String[] {
            "../../../../../passwd", "/etc/../etc/../passwd", "weights/../w/weights1", ".hidden-weights.data1"
        }) {
            String text = new String(good, StandardCharsets.ISO_8859_1).replace(WEIGHTS, other);
            Files.write(model, text.getBytes(StandardCharsets.ISO_8859_1));
            refused("model.onnx keeps weights in '" + other + "'; must be the name of a file beside it");
        }
    }

    @Test
    void whatIsCutOffIsNoModel() throws IOException {
        Path model = folder.resolve("model.onnx");
        byte[] good = Files.readAllBytes(model);
        for (int length = 1; length < good.length; length += 13) {
            Files.write(model, java.util.Arrays.copyOf(good, length));
            refused("model.onnx");
        }
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> new OnnxClassifierFactory().read(folder))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining(reason);
    }
}
