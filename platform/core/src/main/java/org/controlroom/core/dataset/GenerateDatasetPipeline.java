package org.controlroom.core.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.DatasetFiles;
import org.controlroom.core.port.DatasetVersions;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/**
 * Pipeline {@code generate-dataset}: splits the labelled catalogue, writes {@code train_week_N} and {@code test}, and logs
 * them to the registry with their lineage. Parameters: {@code percentage} of the source (what is loaded),
 * {@code test_fraction}, {@code seed}, {@code balancing_strategy} (none, oversample, class_weights), {@code balanced_size}.
 */
public final class GenerateDatasetPipeline implements PipelineDefinition, PipelineDefinition.Closing {

    public static final String NAME = "generate-dataset";

    private static final String WRITE = "write-dataset";
    private static final String REGISTER = "register-dataset";
    private static final String VERSION = "dataset_version";
    private static final String VERSION_TAG = "dataset.version";

    private final Catalogue catalogue;
    private final DatasetVersions versions;
    private final ModelRegistry registry;
    private final DatasetRuns runs;
    private final WriteDataset writer;

    /** @param folder in which every version gets a folder of its own */
    public GenerateDatasetPipeline(
            Catalogue catalogue,
            DatasetVersions versions,
            DatasetFiles format,
            ModelRegistry registry,
            Path folder,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.versions = versions;
        this.registry = registry;
        runs = new DatasetRuns(registry);
        writer = new WriteDataset(catalogue, versions, format, folder, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> steps() {
        return List.of(WRITE, REGISTER);
    }

    @Override
    public Map<String, String> complete(Map<String, String> parameters) {
        return DatasetParameters.complete(parameters);
    }

    private CataloguePortion loaded() {
        CataloguePortion portion = LoadedData.of(catalogue).portion();
        if (portion == null) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    Reason.of("catalogue-empty", "the catalogue is empty; load data before making a dataset"));
        }
        return portion;
    }

    /**
     * A file of a version, which need not be there.
     *
     * @throws ControlRoomException NOT_FOUND when the version has no such file
     */
    public Path file(DatasetVersion version, String name) {
        boolean known = version.files().stream().anyMatch(file -> file.name().equals(name));
        if (!known) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("dataset-no-file", "dataset {0} has no file '{1}'", version.id(), name));
        }
        return writer.folder(version.id()).resolve(name);
    }

    @Override
    public void run(String step, StepContext context) {
        switch (step) {
            case WRITE -> write(context);
            case REGISTER -> register(context);
            default ->
                throw new ControlRoomException(
                        ErrorCode.NOT_FOUND, NAME + " has no step '" + step + "'; steps are " + steps());
        }
    }

    private void write(StepContext context) {
        DatasetVersion version =
                writer.write(context.runId(), DatasetParameters.of(context.parameters(), loaded()), context.progress());
        SafeFiles.write(note(context.runId()), version.id());
        context.putOutcome(outcome(version));
        context.log("version " + version.id() + " of week " + version.week() + ": " + version.trainRows()
                + " products to train on (" + version.trainWritten() + " rows), " + version.testRows()
                + " to test, " + version.leftOutRows() + " left out between both");
    }

    private static Map<String, String> outcome(DatasetVersion version) {
        return Map.of(
                VERSION,
                version.id(),
                "dataset_hash",
                version.hash(),
                "week",
                Integer.toString(version.week()),
                "train_rows",
                Long.toString(version.trainRows()),
                "train_written",
                Long.toString(version.trainWritten()),
                "test_rows",
                Long.toString(version.testRows()),
                "left_out_rows",
                Long.toString(version.leftOutRows()));
    }

    private void register(StepContext context) {
        String id = SafeFiles.read(note(context.runId()));
        DatasetVersion version = versions.find(id)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, Reason.of("dataset-unknown", "dataset '{0}' does not exist", id)));
        String run = runs.log(
                NAME + " week " + version.week() + " " + version.id(),
                VERSION_TAG,
                version.id(),
                Map.of("pipeline.run_id", context.runId()),
                started -> log(started, version));
        versions.logged(version.id(), run);
        context.putOutcome(Map.of("registry_run", run));
        context.log("logged as run " + run + " of experiment " + DatasetRuns.EXPERIMENT);
    }

    /** Which version the run made, or found; for its second step, which may be tried again until the run is completed. */
    private Path note(String runId) {
        return writer.folder("run-" + runId + ".version");
    }

    @Override
    public void ended(String runId, RunStatus status, String reason) {
        writer.deleteParts(runId);
        if (status == RunStatus.COMPLETED) {
            SafeFiles.delete(note(runId));
        } else if (Files.exists(note(runId))) {
            versions.find(SafeFiles.read(note(runId)))
                    .flatMap(version -> runs.find(VERSION_TAG, version.id()))
                    .filter(run -> run.status() == RunStatus.RUNNING)
                    .ifPresent(run -> registry.endRun(run.id(), status));
        }
    }

    private void log(String run, DatasetVersion version) {
        TreeMap<String, String> parameters = new TreeMap<>(Map.of(
                "dataset_hash", version.hash(),
                "week", Integer.toString(version.week()),
                "percentage", Double.toString(version.percentage()),
                "seed", Long.toString(version.seed()),
                "test_fraction", Double.toString(version.testFraction()),
                "balancing_strategy", version.balancingStrategy(),
                "balanced_size", String.valueOf(version.balancedSize()),
                "load_ids", new LoadedData(version.loadIds(), null).loadsText()));
        version.files().forEach(file -> parameters.put("sha256." + file.name(), file.sha256()));
        registry.logParameters(run, parameters);
        registry.logMetrics(
                run,
                Map.of(
                        "train_rows", (double) version.trainRows(),
                        "train_written", (double) version.trainWritten(),
                        "test_rows", (double) version.testRows(),
                        "left_out_rows", (double) version.leftOutRows()));
        registry.logInput(
                run,
                new DatasetInput(
                        "catalogue",
                        version.hash().substring(0, 32),
                        "control_room",
                        Json.ofTexts(Map.of(
                                        "dataset_version",
                                        version.id(),
                                        "load_ids",
                                        new LoadedData(version.loadIds(), null).loadsText()))
                                .write(),
                        Json.ofNumbers(Map.of("num_rows", (double) version.trainRows() + version.testRows()))
                                .write(),
                        "versioning"));
        registry.logArtifact(run, writer.folder(version.id()), "dataset");
    }
}
