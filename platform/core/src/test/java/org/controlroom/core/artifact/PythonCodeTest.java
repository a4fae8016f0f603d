package org.controlroom.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.json.Json;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonCodeTest {

    @TempDir
    private Path model = Path.of("");

    @BeforeEach
    void writeTheRestOfTheModel() {
        for (String name : List.of(ModelFolder.EXTRACTOR, ModelFolder.CLASSIFIER, ModelFolder.REFERENCE)) {
            SafeFiles.write(model.resolve(name), name);
        }
        ModelFolder.writeCalibration(model, Calibration.identity(2));
        ModelFolder.writeSmoke(
                model, List.of(sample("x"), sample("Piscine \"ronde\""), sample("Chaise"), sample("L'\u00e9tui")));
    }

    private static SmokeSample sample(String designation) {
        return new SmokeSample(new Product(designation, "a\nb"), new float[] {0.5f, 0.5f});
    }

    private static Manifest draft() {
        return new Manifest(
                ModelFolder.FORMAT_VERSION,
                PluginUse.exactly("extractor-a", "a", "1.2.0", new TreeMap<>()),
                PluginUse.exactly("classifier-b", "b", "2.0.0", new TreeMap<>()),
                new FeatureSchema(1, "0".repeat(64)),
                Labels.of(new int[] {20, 10}),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    private static BringsPython files(String... names) {
        SortedMap<String, String> files = new TreeMap<>();
        Arrays.stream(names).forEach(name -> files.put(name, "# " + name));
        return () -> files;
    }

    private void keep(PythonCode.Part part, Object service) {
        PythonCode.keep(model, part, part.toString(), service);
    }

    @Test
    void aModelOfTwoPluginsWithPythonCodeHasThePythonFunctionFlavour() throws IOException {
        keep(PythonCode.Part.EXTRACTOR, files("plugin.py", "words.txt"));
        keep(PythonCode.Part.CLASSIFIER, files("plugin.py"));

        Manifest sealed = ModelFolder.seal(model, draft());

        assertThat(sealed.files().keySet())
                .contains(
                        "code/control_room_model.py",
                        "code/extractor/plugin.py",
                        "code/extractor/words.txt",
                        "code/classifier/plugin.py",
                        "input_example.json",
                        "python_env.yaml",
                        "requirements.txt");
        assertThat(Files.readString(model.resolve("MLmodel")))
                .contains("python_function:", "loader_module: control_room_model", "probability_10", "probability_20");
        Json example = Json.parse(Files.readString(model.resolve("input_example.json")));
        assertThat(example.get("data").items()).hasSize(3);
        assertThat(example.get("data").items().get(2).items().get(0).text()).isEqualTo("L'\u00e9tui");
        assertThat(ModelFolder.read(model)).isEqualTo(sealed);
    }

    @Test
    void aModelThatTakesTextNeedsTheCodeOfOnePluginAndWhatThatNeeds() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("plugin.py", "# plugin");
        files.put("requirements.txt", "onnxruntime>=1.20\n");
        keep(PythonCode.Part.CLASSIFIER, (BringsPython) () -> files);

        Manifest text = draft();
        ModelFolder.seal(
                model,
                new Manifest(
                        ModelFolder.FORMAT_VERSION,
                        null,
                        text.classifier(),
                        Manifest.NO_VECTORS,
                        text.labels(),
                        text.provenance(),
                        text.figures(),
                        text.files()));

        assertThat(Files.readString(model.resolve("MLmodel"))).contains("python_function:");
        assertThat(Files.readString(model.resolve("requirements.txt")))
                .contains("pandas>=2\n")
                .endsWith("\nonnxruntime>=1.20\n");
    }

    @Test
    void changedCodeIsADamagedModel() {
        keep(PythonCode.Part.EXTRACTOR, files("plugin.py"));
        keep(PythonCode.Part.CLASSIFIER, files("plugin.py"));
        ModelFolder.seal(model, draft());

        SafeFiles.write(model.resolve("code/extractor/plugin.py"), "import os");

        assertThatThrownBy(() -> ModelFolder.read(model))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("code/extractor/plugin.py is damaged");
    }

    @Test
    void aModelOfWhichOnePluginBringsNoneSaysSo() throws IOException {
        keep(PythonCode.Part.EXTRACTOR, files("plugin.py"));
        keep(PythonCode.Part.CLASSIFIER, files("plugin.py"));
        ModelFolder.seal(model, draft());
        keep(PythonCode.Part.CLASSIFIER, new Object());

        Manifest sealed = ModelFolder.seal(model, draft());

        assertThat(sealed.files()).hasSize(7).containsKey("code/extractor/plugin.py");
        assertThat(model.resolve("code/control_room_model.py")).doesNotExist();
        assertThat(model.resolve("input_example.json")).doesNotExist();
        assertThat(ModelFolder.seal(model, draft())).isEqualTo(sealed);
        assertThat(Files.readString(model.resolve("MLmodel")))
                .doesNotContain("loader_module")
                .contains("no_python_function: 'classifier-b 2.0.0 brings no Python code'");
    }

    @Test
    void filesThatCannotLieInOneFolderAreThePluginsMistake() {
        for (BringsPython wrong :
                List.of(files("other.py"), files("plugin.py", "../plugin.py"), files("plugin.py", "a/b.py"))) {
            assertThatThrownBy(() -> keep(PythonCode.Part.EXTRACTOR, wrong))
                    .isInstanceOf(ControlRoomException.class)
                    .hasMessageContaining("EXTRACTOR brings the Python files");
            assertThat(model.resolve("plugin.py")).doesNotExist();
        }
    }
}
