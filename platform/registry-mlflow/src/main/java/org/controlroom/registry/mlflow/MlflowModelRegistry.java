package org.controlroom.registry.mlflow;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.Experiment;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelPlace;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RegisteredModel;
import org.controlroom.core.model.RegistryNames;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Stage;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.TakesBack;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.mlflow.api.proto.Service;

/** The registry on an MLflow server. Needs no answer of the server to be made. */
public final class MlflowModelRegistry implements ModelRegistry, TakesBack, AutoCloseable {

    /** A version that was copied from another, which may be a copy itself. */
    private static final Pattern COPY = Pattern.compile("models:/([^/]+)/(\\d+)");

    private static final int MOST_COPIES = 10;
    private static final Duration LONGEST_PING = Duration.ofSeconds(3);

    private final MlflowSettings settings;
    private final MlflowCalls calls;
    private final MlflowHttp http;
    private final MlflowRuns runs;
    private final LoggedModels loggedModels;
    private final MlflowArtifacts artifacts;
    private final MlflowModels models;

    public MlflowModelRegistry(MlflowSettings settings, InstantSource clock) {
        this.settings = settings;
        ServerErrors errors = new ServerErrors(settings.base());
        Attempts attempts = new Attempts(settings.attempts());
        calls = new MlflowCalls(settings, errors, attempts);
        http = new MlflowHttp(settings, errors, attempts);
        runs = new MlflowRuns(calls, http, clock);
        loggedModels = new LoggedModels(calls);
        artifacts = new MlflowArtifacts(calls, http, runs, loggedModels);
        models = new MlflowModels(calls, http);
    }

    @Override
    public String kind() {
        return "mlflow";
    }

    @Override
    public String address() {
        return settings.base();
    }

    @Override
    public Optional<String> page(String runId) {
        if (LoggedModels.isId(runId)) {
            return Optional.of(
                    settings.pagesBase() + "/#/experiments/" + loggedModels.experimentId(runId) + "/models/" + runId);
        }
        String experiment = runs.bare(runId).getInfo().getExperimentId();
        return Optional.of(settings.pagesBase() + "/#/experiments/" + experiment + "/runs/" + runId);
    }

    /** One attempt, and not for long: who asks this can live with a no. */
    @Override
    public void ping() {
        Duration limit = settings.timeout().compareTo(LONGEST_PING) < 0 ? settings.timeout() : LONGEST_PING;
        calls.once(
                "model registry",
                limit,
                client -> client.searchExperiments("", Service.ViewType.ACTIVE_ONLY, 1, List.of())
                        .getPageSize());
    }

    @Override
    public String startRun(String experiment, String runName, Map<String, String> tags) {
        RegistryNames.checkRun(experiment, runName, tags);
        return runs.start(experiment, runName, tags);
    }

    @Override
    public String importRun(ExperimentRun run) {
        RegistryNames.checkRun(run);
        return runs.take(run);
    }

    @Override
    public void finishImport(String runId, ExperimentRun run) {
        runs.finish(runId, run);
    }

    @Override
    public void logParameters(String runId, Map<String, String> parameters) {
        RegistryNames.checkEntries("parameter", parameters);
        runs.logParameters(runId, parameters);
    }

    @Override
    public void logMetrics(String runId, Map<String, Double> metrics) {
        RegistryNames.checkMetrics(metrics);
        runs.logMetrics(runId, metrics);
    }

    @Override
    public void setTags(String runId, Map<String, String> tags) {
        RegistryNames.checkEntries("tag", tags);
        if (LoggedModels.isId(runId)) {
            loggedModels.setTags(http, runId, tags);
        } else {
            runs.setTags(runId, tags);
        }
    }

    @Override
    public void logInput(String runId, DatasetInput input) {
        RegistryNames.checkInput(input);
        runs.logInput(runId, input);
    }

    @Override
    public List<DatasetInput> inputs(String runId) {
        return LoggedModels.isId(runId) ? List.of() : runs.inputs(runId);
    }

    @Override
    public void logArtifact(String runId, Path source, String target) {
        RegistryNames.checkPath(target);
        artifacts.log(runId, source, target);
    }

    @Override
    public void endRun(String runId, RunStatus status) {
        RegistryNames.checkEnd(runId, status);
        runs.end(runId, status);
    }

    @Override
    public void resumeRun(String runId) {
        runs.resume(runId);
    }

    @Override
    public ExperimentRun run(String runId) {
        if (LoggedModels.isId(runId)) {
            return loggedModels.asRun(runId, runs.experimentName(loggedModels.experimentId(runId)));
        }
        return runs.run(runId);
    }

    @Override
    public List<Experiment> experiments() {
        return runs.experiments();
    }

    @Override
    public Page<ExperimentRun> runs(PageRequest request) {
        return runs.runs(request);
    }

    @Override
    public List<String> artifacts(String runId) {
        return artifacts.paths(runId);
    }

    @Override
    public Path fetchArtifact(String runId, String path, Path target) {
        RegistryNames.checkPath(path);
        artifacts.fetch(runId, path, target);
        return target.resolve(path);
    }

    @Override
    public void verifyArtifact(String runId, String path) {
        RegistryNames.checkPath(path);
        artifacts.verify(runId, path);
    }

    @Override
    public List<ExperimentRun> modelsWithoutRun() {
        return runs.all().stream()
                .flatMap(each -> loggedModels.withoutRun(each.getExperimentId(), each.getName()).stream())
                .toList();
    }

    /** What others register need not be the folder {@code model} of a run: MLflow 3 logs models beside runs. */
    @Override
    public ModelPlace place(ModelVersion version) {
        ModelVersion original = version;
        String source = models.source(version);
        Matcher copy = COPY.matcher(source);
        for (int i = 0; i < MOST_COPIES && copy.matches(); i++) {
            original = models.version(copy.group(1), copy.group(2));
            source = models.source(original);
            copy = COPY.matcher(source);
        }
        return artifacts.place(original.runId(), source);
    }

    @Override
    public ModelVersion registerVersion(String model, ModelPlace place, Map<String, String> tags) {
        RegistryNames.check("model", model);
        RegistryNames.checkEntries("tag", tags);
        RegistryNames.checkPath(place.folder());
        if (!artifacts.hasFolder(place.runId(), place.folder())) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    "run " + place.runId() + " has no artifact folder '" + place.folder() + "' to register");
        }
        return models.register(model, place.runId(), artifacts.address(place.runId()) + "/" + place.folder(), tags);
    }

    @Override
    public OptionalLong nextVersion(String model) {
        return models.nextVersion(model);
    }

    @Override
    public void takeBack(ModelVersion version, boolean withRun) {
        models.delete(version);
        if (withRun) {
            runs.delete(version.runId());
        }
    }

    @Override
    public RegisteredModel model(String model) {
        return models.model(model);
    }

    @Override
    public ModelVersion version(String model, String version) {
        return models.version(model, version);
    }

    @Override
    public Optional<ModelVersion> versionByAlias(String model, String alias) {
        return models.byAlias(model, alias);
    }

    @Override
    public Page<ModelVersion> versions(PageRequest request) {
        return models.versions(request);
    }

    @Override
    public void setAlias(String model, String alias, String version) {
        RegistryNames.checkAlias(alias);
        models.setAlias(model, alias, version);
    }

    @Override
    public void deleteAlias(String model, String alias) {
        models.deleteAlias(model, alias);
    }

    @Override
    public void setStage(String model, String version, Stage stage, boolean archiveOthers) {
        models.setStage(model, version, stage, archiveOthers);
    }

    @Override
    public void setVersionTags(String model, String version, Map<String, String> tags) {
        RegistryNames.checkEntries("tag", tags);
        models.setTags(model, version, tags);
    }

    @Override
    public void deleteVersionTag(String model, String version, String tag) {
        models.deleteTag(model, version, tag);
    }

    @Override
    public void close() {
        calls.close();
    }
}
