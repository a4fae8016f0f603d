package org.controlroom.core.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.model.EvaluationTags;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.core.promote.TakeOverModel;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;

/**
 * Registers a model that was trained elsewhere as a version like any other, after it has been loaded and tried as it will
 * serve, and measured on the rows that the live model is measured on. One import at a time.
 */
public final class ImportModel {

    private final Plugins plugins;
    private final ModelRegistry registry;
    private final LiveModels live;
    private final SnapshotDataset snapshot;
    private final ReadDataset datasets;
    private final TrainingRoom room;
    private final InstantSource clock;
    private final TakeOverModel takeOver;

    /** @param room whose threads answer; not those of a training, which may be busy for long */
    public ImportModel(
            Plugins plugins,
            ModelRegistry registry,
            Catalogue catalogue,
            ReadDataset datasets,
            LiveModels live,
            TrainingRoom room,
            InstantSource clock) {
        this.plugins = plugins;
        this.registry = registry;
        this.live = live;
        this.snapshot = new SnapshotDataset(catalogue, datasets, clock);
        this.datasets = datasets;
        this.room = room;
        this.clock = clock;
        this.takeOver = new TakeOverModel(plugins);
    }

    /**
     * Checks the files, makes an artifact of them, measures it and registers it. Nothing is registered when it fails; a
     * catalogue without enough labelled products is no failure.
     *
     * @param folder files as the plugin wants them, and {@value TakeOverModel#EXAMPLES}
     * @param plugin id of an installed plugin for models that take text
     * @param source where the model comes from, for people
     * @throws ControlRoomException PLUGIN_MISSING; ARTIFACT_INVALID when the model cannot be loaded or gives an example
     *     another label; REGISTRY_UNAVAILABLE, DATABASE_UNAVAILABLE, STORAGE_FAILED
     */
    public synchronized ModelVersion importFrom(Path folder, String plugin, String source) {
        // One import at a time on this node; the registry gives its run an id of its own.
        String id = "import-" + clock.instant().toEpochMilli();
        Path work = room.runsFolder().resolve(id);
        try {
            Path model = work.resolve("model");
            SortedMap<String, String> provenance =
                    new TreeMap<>(Map.of("imported_from", source, "code_version", room.codeVersion()));
            TakeOverModel.Taken taken = takeOver.takeOver(folder, plugin, provenance, model);
            Measured measured = measure(work, taken.draft());
            Manifest manifest = ModelFolder.seal(model, withFigures(taken.draft(), measured.figures()));
            return register(id, work, manifest, measured, source, taken.examples());
        } finally {
            SafeFiles.delete(work);
        }
    }

    /**
     * What is known of a model's quality.
     *
     * @param figures by metric; none when it was not measured
     * @param said what they are of, or why there are none
     * @param datasetHash of the rows; empty without
     */
    private record Measured(SortedMap<String, Double> figures, Reason said, String datasetHash) {}

    private Measured measure(Path work, Manifest draft) {
        SnapshotDataset.Whole whole;
        try {
            whole = snapshot.read(Progress.NONE);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.TRAINING_DATA_INVALID) {
                throw e;
            }
            return new Measured(new TreeMap<>(), why(e), "");
        }
        HeldOut heldOut = live.live()
                .map(now -> HeldOut.of(now.model().manifest(), HeldOut.USUAL, datasets))
                .orElse(HeldOut.USUAL);
        TrainingSet set = whole.split(heldOut);
        if (set.test().rows() == 0) {
            return new Measured(
                    new TreeMap<>(),
                    Reason.of(
                            "evaluation-none-held-out",
                            "none, because no product of the catalogue is held out by the live model's split"),
                    "");
        }
        try (ServingModel model = new ModelLoader(plugins, WarmUp.NONE).assemble(work.resolve("model"), draft)) {
            Evaluation.Answers answers = EvaluateModel.answers(model, set.test(), room.answering());
            SortedMap<String, Double> figures = EvaluateModel.writeDown(
                    work, set, answers, Evaluation.of(answers, set.test().labels()), false);
            return new Measured(
                    figures,
                    Reason.of(
                            "evaluation-held-out",
                            "on the {0} hold-out rows of the catalogue; whether the model has learnt from them is not"
                                    + " known here",
                            set.test().rows()),
                    heldOut.sides() == null ? whole.hash() : whole.contentHash());
        }
    }

    /** Why there are no rows to measure on. */
    private static Reason why(ControlRoomException e) {
        Reason few = e.reason();
        if (few != null && few.key().equals(SnapshotDataset.FEW_ROWS)) {
            return Reason.of(
                    "evaluation-few-rows",
                    "none, because the catalogue has {0} labelled rows in {1} classes {2}; must be {3} rows or more",
                    few.values().toArray());
        }
        if (few != null && few.key().equals(SnapshotDataset.FEW_CLASSES)) {
            return Reason.of(
                    "evaluation-few-classes",
                    "none, because the catalogue has {0} labelled rows in {1} classes {2}; must be 2 classes or more with"
                            + " 2 rows or more each",
                    few.values().toArray());
        }
        return Reason.of("evaluation-none", "none, because the catalogue has {0}", e.getMessage());
    }

    private static Manifest withFigures(Manifest draft, SortedMap<String, Double> figures) {
        return new Manifest(
                draft.formatVersion(),
                draft.extractor(),
                draft.classifier(),
                draft.schema(),
                draft.labels(),
                draft.provenance(),
                RegisterModel.summary(figures),
                draft.files());
    }

    private ModelVersion register(
            String id, Path work, Manifest manifest, Measured measured, String source, int tried) {
        Path model = work.resolve("model");
        Map<String, String> tags = new TreeMap<>(EvaluationTags.of(measured.said()));
        tags.put("imported_from", source);
        if (!measured.datasetHash().isEmpty()) {
            tags.put("dataset_hash", measured.datasetHash());
        }
        Map<String, String> ofRun = new TreeMap<>(tags);
        ofRun.put("imported_at", clock.instant().toString());
        String run = registry.startRun(TrainModelPipeline.EXPERIMENT, id, ofRun);
        boolean registered = false;
        try {
            Map<String, String> parameters = new TreeMap<>(manifest.provenance());
            parameters.put("classifier", manifest.classifier().id());
            parameters.put("classes", Integer.toString(manifest.labels().size()));
            parameters.put("examples_tried", Integer.toString(tried));
            registry.logParameters(run, parameters);
            registry.logMetrics(run, measured.figures());
            registry.logArtifact(run, model, "model");
            for (String file : EvaluationFiles.NAMES) {
                if (Files.exists(work.resolve(file))) {
                    registry.logArtifact(run, work.resolve(file), file);
                }
            }
            registry.endRun(run, RunStatus.COMPLETED);
            tags.put(ActivateModel.MANIFEST_TAG, SafeFiles.sha256(model.resolve(ModelFolder.MANIFEST)));
            tags.put(ModelNeeds.PLUGINS_TAG, ModelNeeds.tag(manifest));
            if (measured.figures().containsKey("f1_weighted")) {
                tags.put("f1_weighted", Double.toString(measured.figures().getOrDefault("f1_weighted", 0.0)));
            }
            ModelVersion version = registry.registerVersion(ModelVersion.CLASSIFIER, run, tags);
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
}
