package org.controlroom.core.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.Experiment;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelPlace;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RegisteredModel;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Stage;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Experiments, runs, artifacts and registered models, with MLflow's meaning of each. Thread-safe.
 *
 * <p>Every method throws {@link org.controlroom.spi.ControlRoomException}: REGISTRY_UNAVAILABLE when the registry could
 * not be asked, NOT_FOUND when it was asked and does not have it, INVALID_INPUT for names outside the limits (1..250
 * characters, no slash or colon), STORAGE_FAILED when it cannot write.
 */
public interface ModelRegistry {

    /** Which one it is, in a word: {@code embedded} or {@code mlflow}. */
    String kind();

    /** Where it is, for people: an address or a folder. */
    String address();

    /** Address of the registry's own page about a run; empty when it has no pages. */
    Optional<String> page(String runId);

    /** Answers normally when the registry can be asked. */
    void ping();

    /** Starts a run; makes the experiment if it does not exist. @return id of the run */
    String startRun(String experiment, String runName, Map<String, String> tags);

    /**
     * Takes over a run of another registry, with its times, state and all that was logged to it but inputs and artifacts,
     * which can be logged afterwards.
     *
     * @return its id here
     */
    String importRun(ExperimentRun run);

    /**
     * Goes on with an {@link #importRun} that a kill may have cut off after the run was made: logs what is missing of it,
     * and gives it its state and end. Changes nothing of a run that has all of it.
     *
     * @param runId its id here
     */
    void finishImport(String runId, ExperimentRun run);

    /** A parameter cannot be logged twice with different values: CONFLICT. */
    void logParameters(String runId, Map<String, String> parameters);

    /** A metric logged again keeps its last value. Values are finite. */
    void logMetrics(String runId, Map<String, Double> metrics);

    void setTags(String runId, Map<String, String> tags);

    /** Says that the run read this data; the same name and digest again is the same input. */
    void logInput(String runId, DatasetInput input);

    /** What {@link #logInput} was told, by name and digest. */
    List<DatasetInput> inputs(String runId);

    /**
     * Copies a file or a folder with all below it into the run's artifacts. All or nothing for one call, where the
     * registry can; otherwise what a cut left there does not count, and goes when the call is made again.
     *
     * @param target path below the run's artifact root, with {@code /}, no {@code ..}; for example {@code model}
     */
    void logArtifact(String runId, Path source, String target);

    void endRun(String runId, RunStatus status);

    /** Makes an ended run RUNNING again, without an end; what was logged to it stays. No error when it is running. */
    void resumeRun(String runId);

    ExperimentRun run(String runId);

    /** All experiments, by name. */
    List<Experiment> experiments();

    /**
     * Newest first. Filters: {@code experiment}, {@code status}, {@code name} (anywhere in it, ignoring case),
     * {@code parameters.<key>} and {@code tags.<key>} (equal), {@code min_metrics.<key>} and {@code max_metrics.<key>},
     * {@code started_after} and {@code started_before}. Sort: {@code started_at}, {@code name}, {@code status},
     * {@code metrics.<key>}, {@code parameters.<key>}.
     */
    Page<ExperimentRun> runs(PageRequest request);

    /** Paths of all artifact files of the run, ascending. */
    List<String> artifacts(String runId);

    /**
     * Copies an artifact file or folder to a local folder and checks its checksums.
     *
     * @return the copy of {@code path}, below {@code target}
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when a checksum does not match
     */
    Path fetchArtifact(String runId, String path, Path target);

    /**
     * Reads an artifact file or folder where the registry keeps it, and checks its checksums.
     *
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when one does not match or a file is missing
     */
    void verifyArtifact(String runId, String path);

    /**
     * Models that a registry keeps outside of any run, each shown as a run: {@link #run}, {@link #inputs},
     * {@link #artifacts}, {@link #fetchArtifact} and {@link #verifyArtifact} take its id; {@link #runs} does not list it.
     */
    default List<ExperimentRun> modelsWithoutRun() {
        return List.of();
    }

    /** Where the files of a version are; others may have registered it from another folder than {@code model}. */
    default ModelPlace place(ModelVersion version) {
        return new ModelPlace(version.runId(), ModelPlace.USUAL_FOLDER);
    }

    /**
     * Copies the files of a version, as {@link #fetchArtifact} does.
     *
     * @return the folder with the copy, below {@code target}
     */
    default Path fetchModel(ModelVersion version, Path target) {
        ModelPlace place = place(version);
        return fetchArtifact(place.runId(), place.folder(), target);
    }

    /** Reads the files of a version where the registry keeps them, as {@link #verifyArtifact} does. */
    default void verifyModel(ModelVersion version) {
        ModelPlace place = place(version);
        verifyArtifact(place.runId(), place.folder());
    }

    /** Registers the run's artifact folder {@code model} as the next version; makes the model if it does not exist. */
    default ModelVersion registerVersion(String model, String runId, Map<String, String> tags) {
        return registerVersion(model, new ModelPlace(runId, ModelPlace.USUAL_FOLDER), tags);
    }

    /** The same for any folder of a run. */
    ModelVersion registerVersion(String model, ModelPlace place, Map<String, String> tags);

    /**
     * Number that the next version of a model will get, one that does not exist yet included; empty when the registry says it
     * only by giving it, see {@link TakesBack}. Numbers of versions that were deleted are not given again.
     */
    OptionalLong nextVersion(String model);

    /** The model with its aliases. */
    RegisteredModel model(String model);

    ModelVersion version(String model, String version);

    /** The version with this alias; empty when no version has it. */
    Optional<ModelVersion> versionByAlias(String model, String alias);

    /** The version in production; empty also while there is no such model. */
    default Optional<ModelVersion> production(String model) {
        try {
            return versionByAlias(model, ModelVersion.PRODUCTION_ALIAS);
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Filters: {@code name}, {@code stage}. Newest first. */
    Page<ModelVersion> versions(PageRequest request);

    /** Points the alias at the version and away from any other, in one step. */
    void setAlias(String model, String alias, String version);

    /** No error when no version has the alias. */
    void deleteAlias(String model, String alias);

    /** With {@code archiveOthers}, other versions in that stage become ARCHIVED in the same step. */
    void setStage(String model, String version, Stage stage, boolean archiveOthers);

    void setVersionTags(String model, String version, Map<String, String> tags);

    /** No error when the version does not have the tag. */
    void deleteVersionTag(String model, String version, String tag);
}
