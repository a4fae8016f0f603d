package org.controlroom.core.promote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.artifact.Calibration;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.PluginUse;
import org.controlroom.core.artifact.PythonCode;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.artifact.SmokeSample;
import org.controlroom.core.json.Json;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;

/** Makes an artifact of the files of a model that was trained elsewhere, once it has answered as it will serve. Thread-safe. */
public final class TakeOverModel {

    /** File with products whose labels are known from where the model was trained; optional. */
    public static final String EXAMPLES = "examples.json";

    /** The plugin for files that nobody named another one for. */
    public static final String USUAL_PLUGIN = "classifier-onnx";

    private static final int MAX_EXAMPLES = 1_000;
    private static final int MAX_SMOKE = 24;

    private final Plugins plugins;

    public TakeOverModel(Plugins plugins) {
        this.plugins = plugins;
    }

    /**
     * An artifact that lacks its manifest, see {@link ModelFolder#seal}.
     *
     * @param draft of the manifest
     * @param examples how many of {@value #EXAMPLES} were tried
     */
    public record Taken(Manifest draft, int examples) {}

    /**
     * Writes everything but {@code MLmodel} and the manifest. The same files give the same bytes.
     *
     * @param files as the plugin wants them, and {@value #EXAMPLES}
     * @param plugin id of an installed plugin for models that take text
     * @param model folder of the artifact, which is made
     * @throws ControlRoomException PLUGIN_MISSING; ARTIFACT_INVALID when the model cannot be loaded or gives an example
     *     another label; STORAGE_FAILED
     */
    public Taken takeOver(Path files, String plugin, SortedMap<String, String> provenance, Path model) {
        Manifest draft = assemble(files, plugin, provenance, model);
        return new Taken(draft, tryOut(model, draft, examples(files)));
    }

    private Manifest assemble(Path files, String plugin, SortedMap<String, String> provenance, Path model) {
        try (Lease<RawTextClassifierFactory> lease = plugins.lease(RawTextClassifierFactory.class, plugin, "0");
                RawTextClassifier classifier = lease.service().read(files)) {
            SafeFiles.write(model.resolve(ModelFolder.CLASSIFIER), classifier::save);
            PythonCode.keep(model, PythonCode.Part.CLASSIFIER, lease.pluginId(), lease.service());
            Labels labels = classifier.labels();
            ModelFolder.writeCalibration(model, Calibration.identity(labels.size()));
            // What it was trained on is not known here.
            SafeFiles.write(model.resolve(ModelFolder.REFERENCE), new Json.Obj(new TreeMap<>()).write());
            PluginUse use = PluginUse.exactly(lease.pluginId(), lease.bundle(), lease.version(), new TreeMap<>());
            return new Manifest(
                    ModelFolder.FORMAT_VERSION,
                    null,
                    use.upToNextMajor(),
                    Manifest.NO_VECTORS,
                    labels,
                    provenance,
                    new TreeMap<>(),
                    new TreeMap<>());
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot read " + files + ": " + e, e);
        }
    }

    /** Answers the examples with the model as it will serve, and keeps some as smoke inputs. @return examples tried */
    private int tryOut(Path model, Manifest draft, List<Example> examples) {
        List<SmokeSample> samples = new ArrayList<>();
        try (ServingModel serving = new ModelLoader(plugins, WarmUp.NONE).assemble(model, draft)) {
            for (Product product : SmokeSample.EDGE_PRODUCTS) {
                samples.add(new SmokeSample(product, answer(serving, product)));
            }
            for (int i = 0; i < examples.size(); i++) {
                Example example = examples.get(i);
                float[] probabilities = answer(serving, example.product);
                int label = serving.labels().code(best(probabilities));
                if (label != example.label) {
                    throw new ControlRoomException(
                            ErrorCode.ARTIFACT_INVALID,
                            EXAMPLES + ": the model gives product " + (i + 1) + " the label " + label + "; must be "
                                    + example.label);
                }
                if (samples.size() < MAX_SMOKE) {
                    samples.add(new SmokeSample(example.product, probabilities));
                }
            }
        }
        ModelFolder.writeSmoke(model, samples);
        return examples.size();
    }

    private static float[] answer(ServingModel model, Product product) {
        float[] probabilities = new float[model.labels().size()];
        model.probabilities(product, probabilities);
        return probabilities;
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    private static List<Example> examples(Path folder) {
        Path file = folder.resolve(EXAMPLES);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            List<Json> items = Json.parse(SafeFiles.read(file)).items();
            if (items.size() > MAX_EXAMPLES) {
                throw new ControlRoomException(
                        ErrorCode.ARTIFACT_INVALID, items.size() + " products; must be at most " + MAX_EXAMPLES);
            }
            return items.stream()
                    .map(item -> new Example(
                            new Product(
                                    item.get("designation").text(),
                                    item.get("description").text()),
                            Math.toIntExact(item.get("predicted_class").integer())))
                    .toList();
        } catch (ControlRoomException | ArithmeticException e) {
            throw new ControlRoomException(ErrorCode.ARTIFACT_INVALID, EXAMPLES + ": " + e.getMessage(), e);
        }
    }

    private record Example(Product product, int label) {}
}
