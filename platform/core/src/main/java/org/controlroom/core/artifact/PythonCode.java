package org.controlroom.core.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.controlroom.core.json.Json;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The Python code in an artifact, with which {@code mlflow.pyfunc.load_model} opens the model: a loader of our own, and
 * what the plugins bring. The model can be opened when both plugins bring theirs.
 */
public final class PythonCode {

    /** The parts of a model, which are folders of the code. */
    public enum Part {
        EXTRACTOR,
        CLASSIFIER;

        private String folder() {
            return this == EXTRACTOR ? "extractor" : "classifier";
        }
    }

    static final String FOLDER = "code";
    static final String LOADER = "control_room_model";
    static final String INPUT_EXAMPLE = "input_example.json";
    static final String ENVIRONMENT = "python_env.yaml";
    private static final String REQUIREMENTS = BringsPython.REQUIREMENTS;

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-]+\\.[a-z]+");
    private static final int EXAMPLES = 3;

    private PythonCode() {}

    /**
     * Writes the code that the plugin of a part brings; takes away what an earlier attempt left.
     *
     * @param service of the plugin that trained the part
     * @throws ControlRoomException PLUGIN_FAILED when its files cannot lie in one folder, or the entry is missing
     */
    public static void keep(Path model, Part part, String pluginId, Object service) {
        Path folder = model.resolve(FOLDER).resolve(part.folder());
        SafeFiles.delete(folder);
        if (!(service instanceof BringsPython python)) {
            return;
        }
        SortedMap<String, String> files = python.pythonFiles();
        if (!files.containsKey(BringsPython.ENTRY)
                || !files.keySet().stream()
                        .allMatch(name -> FILE_NAME.matcher(name).matches())) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED,
                    pluginId + " brings the Python files " + files.keySet() + "; must be plain names, one of them "
                            + BringsPython.ENTRY);
        }
        files.forEach((name, text) -> SafeFiles.write(folder.resolve(name), text));
    }

    /** Which plugins of a model did not bring their code; empty when it can be opened in Python. */
    public static Optional<String> lack(Path model, @Nullable PluginUse extractor, PluginUse classifier) {
        List<String> lacking = new ArrayList<>();
        for (Part part : Part.values()) {
            PluginUse plugin = part == Part.EXTRACTOR ? extractor : classifier;
            if (plugin != null
                    && !Files.isRegularFile(
                            model.resolve(FOLDER).resolve(part.folder()).resolve(BringsPython.ENTRY))) {
                lacking.add(plugin.id() + " " + plugin.version() + " brings no Python code");
            }
        }
        return lacking.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lacking));
    }

    /**
     * Adds loader, example and environment where they are of use, and takes them away where they are not.
     *
     * @return paths of all files for Python, below the model
     */
    static List<String> complete(Path model, boolean opens, List<SmokeSample> samples) {
        Path loader = model.resolve(FOLDER).resolve(LOADER + ".py");
        List<String> files = new ArrayList<>();
        if (opens) {
            SafeFiles.write(loader, resource(LOADER + ".py"));
            SafeFiles.write(model.resolve(INPUT_EXAMPLE), example(samples));
            SafeFiles.write(
                    model.resolve(REQUIREMENTS), "mlflow>=3,<4\nnumpy>=1.26\npandas>=2\n" + furtherRequirements(model));
            SafeFiles.write(
                    model.resolve(ENVIRONMENT),
                    "build_dependencies:\n- pip\ndependencies:\n- -r " + REQUIREMENTS + "\n");
            files.addAll(List.of(INPUT_EXAMPLE, REQUIREMENTS, ENVIRONMENT));
        } else {
            SafeFiles.delete(loader);
            List.of(INPUT_EXAMPLE, REQUIREMENTS, ENVIRONMENT).forEach(name -> SafeFiles.delete(model.resolve(name)));
        }
        if (Files.isDirectory(model.resolve(FOLDER))) {
            files.addAll(code(model));
        }
        return files;
    }

    /** What the plugins need beside that, a line each. */
    private static String furtherRequirements(Path model) {
        TreeSet<String> further = new TreeSet<>();
        for (Part part : Part.values()) {
            Path file = model.resolve(FOLDER).resolve(part.folder()).resolve(BringsPython.REQUIREMENTS);
            if (Files.isRegularFile(file)) {
                SafeFiles.read(file).lines().filter(line -> !line.isBlank()).forEach(further::add);
            }
        }
        return further.stream().map(line -> line + '\n').collect(Collectors.joining());
    }

    private static List<String> code(Path model) {
        try (Stream<Path> code = Files.walk(model.resolve(FOLDER))) {
            return code.filter(Files::isRegularFile)
                    .map(file -> model.relativize(file).toString().replace('\\', '/'))
                    .toList();
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot list " + model + ": " + e, e);
        }
    }

    /** A pandas frame in its form {@code split}. The last samples are real rows. */
    private static String example(List<SmokeSample> samples) {
        List<Json> rows = new ArrayList<>();
        for (SmokeSample sample : samples.subList(Math.max(0, samples.size() - EXAMPLES), samples.size())) {
            rows.add(new Json.Arr(List.of(
                    Json.of(sample.product().designation()),
                    Json.of(sample.product().description()))));
        }
        return new Json.Obj(new TreeMap<>(Map.of(
                        "columns", new Json.Arr(List.of(Json.of("designation"), Json.of("description"))),
                        "data", new Json.Arr(rows))))
                .write();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PythonCode.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
