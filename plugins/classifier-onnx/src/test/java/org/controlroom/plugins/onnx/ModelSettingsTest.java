package org.controlroom.plugins.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of this plugin are those of each model: model.properties. */
class ModelSettingsTest {

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    @Test
    void labelsAloneAreEnough() {
        ModelDescription description = ModelDescription.of(properties("labels", "30, 10,20"));

        assertThat(description.labels().toArray()).containsExactly(10, 20, 30);
        assertThat(description.columns()).containsExactly(30, 10, 20);
        assertThat(description.tokens()).isFalse();
        assertThat(description.probabilities()).isTrue();
        assertThat(description.text(new Product("Chaise", "en bois"))).isEqualTo("Chaise en bois");
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        assertThatThrownBy(() -> ModelDescription.of(properties(
                        "label",
                        "1,2",
                        "labels",
                        "1,1",
                        "input",
                        "image",
                        "output_kind",
                        "x",
                        "max_tokens",
                        "2",
                        "text",
                        "title")))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContainingAll(
                        "label is not known",
                        "labels has 2 codes; must be two or more different ones",
                        "input=image; must be text or tokens",
                        "output_kind=x; must be probabilities or scores",
                        "max_tokens=2; must be 3..4096",
                        "text='title'; must have {designation} or {description} in it");
    }

    @Test
    void whatTheModelSaysOfItselfIsReadLikeTheFile() throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(new String(
                ModelDescription.ofMetadata(
                        Map.of("labels", "30,10", "text", "{designation}\n\\ {description}", "made_by", "skl2onnx")),
                StandardCharsets.UTF_8)));

        ModelDescription description = ModelDescription.of(read);
        assertThat(description.columns()).containsExactly(30, 10);
        assertThat(description.text(new Product("Chaise", "en bois"))).isEqualTo("Chaise\n\\ en bois");
    }

    @Test
    void aModelThatSaysNothingOfItselfNeedsTheFile(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("src/test/models/linear/model.onnx"), folder.resolve("model.onnx"));
        assertThatThrownBy(() -> new OnnxClassifierFactory().read(folder))
                .hasMessageContainingAll("neither model.properties nor the entry 'labels'", "set_model_props");
    }

    @Test
    void whatModifiedUtf8HasOtherwiseIsReplaced() {
        assertThat(ModelDescription.plain("a\ud800b\u0000c \ud83d\ude00 \u4e2d"))
                .isEqualTo("a\ufffdb c \ufffd \u4e2d");
    }

    @Test
    void aModelThatIsNotAsDescribedIsRefusedInWords(@TempDir Path folder) throws IOException {
        for (String file : new String[] {"model.onnx", "model.properties"}) {
            Files.copy(Path.of("src/test/models/linear").resolve(file), folder.resolve(file));
        }
        String good = Files.readString(folder.resolve("model.properties"));
        refused(folder, good.replace("labels=", "labels=7,"), "[1, 6] numbers for a product; must be 7");
        refused(folder, good.replace("input=text", "input=tokens"), "vocab.txt is missing");
        refused(folder, good.replace("output=probabilities", "output=nothing"), "must have nothing of float");
        Files.writeString(folder.resolve("model.onnx"), "no model");
        refused(folder, good, "model.onnx: ");
    }

    private static void refused(Path folder, String description, String reason) throws IOException {
        Files.writeString(folder.resolve("model.properties"), description);
        assertThatThrownBy(() -> new OnnxClassifierFactory().read(folder))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining(reason);
    }
}
