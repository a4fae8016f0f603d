package org.controlroom.core.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.artifact.Calibration;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.PluginUse;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.artifact.SmokeSample;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;

/**
 * Registers a model that was trained elsewhere as a version like any other, after it has been loaded and tried as it will
 * serve. One import at a time.
 */
public final class ImportModel {

    /** File with products whose labels are known from where the model was trained; optional. */
    public static final String EXAMPLES = "examples.json";

    private static final int MAX_EXAMPLES = 1_000;
    private static final int MAX_SMOKE = 24;

    private final Plugins plugins;
    private final ModelRegistry registry;
    private final TrainingRoom room;
    private final InstantSource clock;

    public ImportModel(Plugins plugins, ModelRegistry registry, TrainingRoom room, InstantSource clock) {
        this.plugins = plugins;
        this.registry = registry;
        this.room = room;
        this.clock = clock;
    }

    /**
     * Checks the files, makes an artifact of them and registers it. Nothing is registered when it fails.
     *
     * @param folder files as the plugin wants them, and {@value #EXAMPLES}
     * @param plugin id of an installed plugin for models that take text
     * @param source where the model comes from, for people
     * @throws ControlRoomException PLUGIN_MISSING; ARTIFACT_INVALID when the model cannot be loaded or gives an example
     *     another label; REGISTRY_UNAVAILABLE, STORAGE_FAILED
     */
    public synchronized ModelVersion importFrom(Path folder, String plugin, String source) {
        // One import at a time on this node; the registry gives its run an id of its own.
        String id = "import-" + clock.instant().toEpochMilli();
        Path work = room.runsFolder().resolve(id);
        try {
            Path model = work.resolve("model");
            Manifest draft = assemble(folder, plugin, source, model);
            int tried = tryOut(model, draft, examples(folder));
            Manifest manifest = ModelFolder.seal(model, draft);
            return register(id, model, manifest, source, tried);
        } finally {
            SafeFiles.delete(work);
        }
    }

    private Manifest assemble(Path folder, String plugin, String source, Path model) {
        try (Lease<RawTextClassifierFactory> lease = plugins.lease(RawTextClassifierFactory.class, plugin, "0");
                RawTextClassifier classifier = lease.service().read(folder)) {
            SafeFiles.write(model.resolve(ModelFolder.CLASSIFIER), classifier::save);
            Labels labels = classifier.labels();
            ModelFolder.writeCalibration(model, Calibration.identity(labels.size()));
            // What it was trained on is not known here.
            SafeFiles.write(model.resolve(ModelFolder.REFERENCE), new Json.Obj(new TreeMap<>()).write());
            SortedMap<String, String> provenance =
                    new TreeMap<>(Map.of("imported_from", source, "code_version", room.codeVersion()));
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
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot read " + folder + ": " + e, e);
        }
    }

    /** Answers the examples with the model as it will serve, and keeps some as smoke inputs. @return examples tried */
    private int tryOut(Path model, Manifest draft, List<Example> examples) {
        List<SmokeSample> samples = new ArrayList<>();
        try (ServingModel serving = new ModelLoader(plugins, WarmUp.NONE).assemble(model, draft)) {
            for (Product product : EvaluateModel.EDGE_PRODUCTS) {
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

    private ModelVersion register(String id, Path model, Manifest manifest, String source, int tried) {
        String run = registry.startRun(
                TrainModelPipeline.EXPERIMENT,
                id,
                Map.of("imported_from", source, "imported_at", clock.instant().toString()));
        boolean registered = false;
        try {
            Map<String, String> parameters = new TreeMap<>(manifest.provenance());
            parameters.put("classifier", manifest.classifier().id());
            parameters.put("classes", Integer.toString(manifest.labels().size()));
            parameters.put("examples_tried", Integer.toString(tried));
            registry.logParameters(run, parameters);
            registry.logArtifact(run, model, "model");
            registry.endRun(run, RunStatus.COMPLETED);
            ModelVersion version = registry.registerVersion(
                    ModelVersion.CLASSIFIER,
                    run,
                    Map.of(
                            "imported_from",
                            source,
                            ActivateModel.MANIFEST_TAG,
                            SafeFiles.sha256(model.resolve(ModelFolder.MANIFEST))));
            registered = true;
            return version;
        } finally {
            if (!registered) {
                endFailed(run);
            }
        }
    }

    private void endFailed(String run) {
        try {
            registry.endRun(run, RunStatus.FAILED);
        } catch (ControlRoomException e) {
            // What made it fail is on its way to the caller; most likely this fails for the same reason.
        }
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
