package org.controlroom.core.train;

import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.dataset.DatasetRuns;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.Labels;

/** Seals the artifact and brings it, with all that is known of it, into the registry. */
final class RegisterModel {

    /** Where the rows came from: {@code load_ids} and {@code week}, and which dataset version they are, if one. */
    static final String ORIGIN_NOTE = "origin.json";

    static final String DATASET_VERSION = "dataset_version";
    static final String DATASET_RUN = "dataset_run";

    /** Which rows of the catalogue, and how they are divided. */
    private static final String SNAPSHOT_TAG = "dataset.snapshot";

    private static final int DIGEST = 32;
    private static final int DIGEST_SHOWN = 12;
    static final String VERSION_NOTE = "registry-version.json";

    private final ModelRegistry registry;
    private final DatasetRuns datasets;
    private final TrainingRoom room;
    private final InstantSource clock;

    RegisterModel(ModelRegistry registry, TrainingRoom room, InstantSource clock) {
        this.registry = registry;
        datasets = new DatasetRuns(registry);
        this.room = room;
        this.clock = clock;
    }

    /**
     * Registers once, however often it is called for the same run.
     *
     * @param run id in the registry
     */
    ModelVersion register(
            String pipelineRun, String run, RunWork work, TrainingParameters parameters, FeatureSchema schema) {
        TrainingSet set = work.set();
        SortedMap<String, Double> figures = work.figures();
        Manifest manifest = ModelFolder.seal(work.model(), draft(work, parameters, schema, figures));
        logOrigin(pipelineRun, run, work, set, parameters);
        Map<String, String> logged = new TreeMap<>(manifest.provenance());
        logged.put("features", Integer.toString(schema.size()));
        logged.put("classes", Integer.toString(manifest.labels().size()));
        registry.logParameters(run, logged);
        work.seconds().forEach((step, seconds) -> figures.put("seconds_" + step.replace('-', '_'), seconds));
        registry.logMetrics(run, figures);
        registry.logArtifact(run, work.model(), "model");
        for (String file : EvaluationFiles.NAMES) {
            // A run that an older version of the server parked has fewer.
            if (Files.exists(work.file(file))) {
                registry.logArtifact(run, work.file(file), file);
            }
        }
        registry.endRun(run, RunStatus.COMPLETED);
        Map<String, String> tags = new TreeMap<>(Map.of(
                RegistryRun.PIPELINE_RUN_TAG,
                pipelineRun,
                "dataset_hash",
                set.hash(),
                "f1_weighted",
                Double.toString(figures.getOrDefault("f1_weighted", 0.0)),
                ActivateModel.MANIFEST_TAG,
                SafeFiles.sha256(work.model().resolve(ModelFolder.MANIFEST)),
                ModelNeeds.PLUGINS_TAG,
                ModelNeeds.tag(manifest)));
        String dataset = manifest.provenance().get(DATASET_VERSION);
        if (dataset != null) {
            tags.put(DATASET_VERSION, dataset);
        }
        ModelVersion version = find(run).orElseGet(() -> registry.registerVersion(ModelVersion.CLASSIFIER, run, tags));
        work.note(VERSION_NOTE, Map.of("version", version.version(), "run", run));
        return version;
    }

    private void logOrigin(
            String pipelineRun, String run, RunWork work, TrainingSet set, TrainingParameters parameters) {
        SortedMap<String, String> origin = work.note(ORIGIN_NOTE).orElse(new TreeMap<>());
        Map<String, String> tags = new TreeMap<>(Map.of(
                "dataset_hash",
                set.hash(),
                "trained_at",
                clock.instant().toString(),
                "model_type",
                work.extractor().id() + " + " + work.classifier().id()));
        if (!origin.getOrDefault("week", "").isEmpty()) {
            tags.put("week", origin.getOrDefault("week", ""));
        }
        String dataset = origin.getOrDefault(DATASET_VERSION, "");
        if (dataset.isEmpty()) {
            tags.put(DATASET_RUN, logSnapshot(pipelineRun, origin, set, parameters));
        } else {
            tags.put(DATASET_VERSION, dataset);
            if (!origin.getOrDefault(DATASET_RUN, "").isEmpty()) {
                tags.put(DATASET_RUN, origin.getOrDefault(DATASET_RUN, ""));
            }
        }
        registry.setTags(run, tags);
        Map<String, String> source = new TreeMap<>(origin);
        source.put("dataset_hash", set.hash());
        String name = dataset.isEmpty() ? "catalogue" : "dataset_week_" + origin.getOrDefault("week", "");
        logInput(run, name + "_train", set, set.train().rows(), source, "training");
        logInput(run, name + "_test", set, set.test().rows(), source, "evaluation");
    }

    /** The registry's run of the rows that a training took from the catalogue; equal rows and sides have one run. */
    private String logSnapshot(
            String pipelineRun, SortedMap<String, String> origin, TrainingSet set, TrainingParameters parameters) {
        SortedMap<String, String> logged = new TreeMap<>(origin);
        logged.values().removeIf(String::isEmpty);
        logged.put("dataset_hash", set.hash());
        logged.put("seed", Long.toString(parameters.seed()));
        logged.put("test_fraction", Double.toString(parameters.testFraction()));
        String name = "catalogue " + set.hash().substring(0, DIGEST_SHOWN);
        return datasets.log(
                name,
                SNAPSHOT_TAG,
                set.hash() + " " + parameters.testFraction() + " " + parameters.seed(),
                Map.of(RegistryRun.PIPELINE_RUN_TAG, pipelineRun),
                started -> {
                    registry.logParameters(started, logged);
                    registry.logMetrics(
                            started, Map.of("train_rows", (double) set.train().rows(), "test_rows", (double)
                                    set.test().rows()));
                    logInput(
                            started,
                            "catalogue",
                            set,
                            set.train().rows() + set.test().rows(),
                            logged,
                            "versioning");
                });
    }

    private void logInput(
            String run, String name, TrainingSet set, int rows, Map<String, String> source, String context) {
        registry.logInput(
                run,
                new DatasetInput(
                        name,
                        set.hash().substring(0, DIGEST),
                        "control_room",
                        Json.ofTexts(source).write(),
                        Json.ofNumbers(Map.of("num_rows", (double) rows)).write(),
                        context));
    }

    /** The version that {@link #register} made. */
    ModelVersion registered(RunWork work) {
        SortedMap<String, String> note = work.note(VERSION_NOTE).orElse(new TreeMap<>());
        return registry.version(ModelVersion.CLASSIFIER, note.getOrDefault("version", "0"));
    }

    private Manifest draft(
            RunWork work, TrainingParameters parameters, FeatureSchema schema, SortedMap<String, Double> figures) {
        TrainingSet set = work.set();
        SortedMap<String, String> provenance = new TreeMap<>();
        provenance.put("dataset_hash", set.hash());
        provenance.put("seed", Long.toString(parameters.seed()));
        provenance.put("preset", parameters.preset());
        provenance.put("test_fraction", Double.toString(parameters.testFraction()));
        provenance.put("calibration_fraction", Double.toString(parameters.calibrationFraction()));
        provenance.put("train_rows", Integer.toString(set.train().rows()));
        provenance.put("test_rows", Integer.toString(set.test().rows()));
        provenance.put("code_version", room.codeVersion());
        SortedMap<String, String> origin = work.note(ORIGIN_NOTE).orElse(new TreeMap<>());
        for (String key : new String[] {DATASET_VERSION, HeldOut.SPLIT}) {
            if (origin.containsKey(key)) {
                provenance.put(key, origin.getOrDefault(key, ""));
            }
        }
        return new Manifest(
                ModelFolder.FORMAT_VERSION,
                work.extractor().upToNextMajor(),
                work.classifier().upToNextMajor(),
                schema,
                Labels.of(set.train().labels()),
                provenance,
                summary(figures),
                new TreeMap<>());
    }

    /** Those that stand in a manifest: of the model as a whole. */
    static SortedMap<String, Double> summary(SortedMap<String, Double> figures) {
        SortedMap<String, Double> summary = new TreeMap<>(figures);
        summary.keySet().removeIf(key -> key.startsWith("f1_class_") || key.contains("_at_"));
        return summary;
    }

    private Optional<ModelVersion> find(String run) {
        return NewestFirst.find(
                registry::versions,
                Map.of("name", ModelVersion.CLASSIFIER),
                version -> version.runId().equals(run));
    }
}
