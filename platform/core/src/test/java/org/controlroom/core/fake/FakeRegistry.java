package org.controlroom.core.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.dataset.DatasetRuns;
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
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.train.TrainModelPipeline;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** A registry in memory with artifacts in a folder, which can be made unreachable or fail at one call. */
public final class FakeRegistry implements ModelRegistry {

    private final Path folder;
    private final SortedMap<String, ExperimentRun> runs = new TreeMap<>();
    private final List<ModelVersion> versions = new ArrayList<>();
    private final Map<Path, String> checksums = new TreeMap<>();
    private final Map<String, SortedMap<String, DatasetInput>> inputs = new TreeMap<>();
    private boolean reachable = true;
    private String failsAt = "";

    public FakeRegistry(Path folder) {
        this.folder = folder;
    }

    public void reachable(boolean now) {
        reachable = now;
    }

    /** Lets the next call of this method fail with REGISTRY_UNAVAILABLE after it took effect. */
    public void failOnceAfter(String method) {
        failsAt = method;
    }

    public Path artifactFolder(String runId) {
        return folder.resolve(runId);
    }

    public List<ExperimentRun> allRuns() {
        return List.copyOf(runs.values());
    }

    /** Runs of trainings, oldest first. */
    public List<ExperimentRun> trainings() {
        return runsOf(TrainModelPipeline.EXPERIMENT);
    }

    /** Runs that log a dataset, oldest first. */
    public List<ExperimentRun> datasets() {
        return runsOf(DatasetRuns.EXPERIMENT);
    }

    private List<ExperimentRun> runsOf(String experiment) {
        return runs.values().stream()
                .filter(run -> run.experiment().equals(experiment))
                .toList();
    }

    public List<ModelVersion> allVersions() {
        return List.copyOf(versions);
    }

    private void asked() {
        if (!reachable) {
            throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, "the registry is switched off");
        }
    }

    private void done(String method) {
        if (failsAt.equals(method)) {
            failsAt = "";
            throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, "connection lost during " + method);
        }
    }

    @Override
    public String kind() {
        return "fake";
    }

    @Override
    public Optional<String> page(String runId) {
        run(runId);
        return Optional.empty();
    }

    @Override
    public void logInput(String runId, DatasetInput input) {
        asked();
        run(runId);
        inputs.computeIfAbsent(runId, id -> new TreeMap<>()).put(input.name() + ' ' + input.digest(), input);
        done("logInput");
    }

    @Override
    public List<DatasetInput> inputs(String runId) {
        asked();
        run(runId);
        return List.copyOf(inputs.getOrDefault(runId, new TreeMap<>()).values());
    }

    @Override
    public String address() {
        return folder.toString();
    }

    @Override
    public void ping() {
        asked();
    }

    @Override
    public String startRun(String experiment, String runName, Map<String, String> tags) {
        asked();
        String id = "run" + (runs.size() + 1);
        runs.put(
                id,
                new ExperimentRun(
                        id,
                        experiment,
                        runName,
                        RunStatus.RUNNING,
                        Instant.EPOCH,
                        null,
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(tags)));
        done("startRun");
        return id;
    }

    @Override
    public String importRun(ExperimentRun run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void finishImport(String runId, ExperimentRun run) {
        throw new UnsupportedOperationException();
    }

    private void change(String id, RunStatus status, Map<String, String> parameters, Map<String, Double> metrics) {
        asked();
        ExperimentRun run = run(id);
        SortedMap<String, String> allParameters = new TreeMap<>(run.parameters());
        parameters.forEach((key, value) -> {
            String before = allParameters.put(key, value);
            if (before != null && !before.equals(value)) {
                throw new ControlRoomException(ErrorCode.CONFLICT, key + " was " + before + ", not " + value);
            }
        });
        SortedMap<String, Double> allMetrics = new TreeMap<>(run.metrics());
        allMetrics.putAll(metrics);
        runs.put(
                id,
                new ExperimentRun(
                        id,
                        run.experiment(),
                        run.name(),
                        status,
                        run.startedAt(),
                        status.ended() ? Instant.EPOCH : null,
                        allParameters,
                        allMetrics,
                        run.tags()));
    }

    @Override
    public void logParameters(String runId, Map<String, String> parameters) {
        change(runId, run(runId).status(), parameters, Map.of());
        done("logParameters");
    }

    @Override
    public void logMetrics(String runId, Map<String, Double> metrics) {
        change(runId, run(runId).status(), Map.of(), metrics);
    }

    @Override
    public void setTags(String runId, Map<String, String> tags) {
        asked();
        ExperimentRun run = run(runId);
        SortedMap<String, String> all = new TreeMap<>(run.tags());
        all.putAll(tags);
        runs.put(
                runId,
                new ExperimentRun(
                        runId,
                        run.experiment(),
                        run.name(),
                        run.status(),
                        run.startedAt(),
                        run.endedAt(),
                        run.parameters(),
                        run.metrics(),
                        all));
    }

    @Override
    public void logArtifact(String runId, Path source, String target) {
        asked();
        Path folder = artifactFolder(runId).resolve(target);
        copy(source, folder);
        filesIn(folder).forEach(file -> checksums.put(file, SafeFiles.sha256(file)));
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path source, Path target) {
        try {
            for (Path file : filesIn(source)) {
                Path to = target.resolve(source.relativize(file).toString()).normalize();
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void endRun(String runId, RunStatus status) {
        change(runId, status, Map.of(), Map.of());
    }

    @Override
    public void resumeRun(String runId) {
        change(runId, RunStatus.RUNNING, Map.of(), Map.of());
    }

    @Override
    public ExperimentRun run(String runId) {
        asked();
        return Optional.ofNullable(runs.get(runId)).orElseThrow(() -> notFound("run " + runId));
    }

    @Override
    public Page<ExperimentRun> runs(PageRequest request) {
        asked();
        return new Page<>(
                runs.values().stream()
                        .filter(run -> request.filters().entrySet().stream()
                                .allMatch(filter -> matches(run, filter.getKey(), filter.getValue())))
                        .toList(),
                null);
    }

    private static boolean matches(ExperimentRun run, String field, String value) {
        if (field.startsWith("tags.")) {
            return value.equals(run.tags().get(field.substring("tags.".length())));
        }
        if (field.startsWith("parameters.")) {
            return value.equals(run.parameters().get(field.substring("parameters.".length())));
        }
        return switch (field) {
            case "experiment" -> run.experiment().equals(value);
            case "status" -> run.status().text().equals(value);
            default -> throw new UnsupportedOperationException("filter " + field);
        };
    }

    @Override
    public List<Experiment> experiments() {
        throw new UnsupportedOperationException();
    }

    @Override
    public RegisteredModel model(String model) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized void deleteVersionTag(String model, String version, String tag) {
        ModelVersion old = version(model, version);
        SortedMap<String, String> tags = new TreeMap<>(old.tags());
        tags.remove(tag);
        replace(old, old.stage(), old.aliases(), tags);
    }

    @Override
    public List<String> artifacts(String runId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path fetchArtifact(String runId, String path, Path target) {
        asked();
        copy(artifactFolder(runId).resolve(path), target.resolve(path));
        done("fetchArtifact");
        return target.resolve(path);
    }

    @Override
    public void verifyArtifact(String runId, String path) {
        asked();
        for (Path file : filesIn(artifactFolder(runId).resolve(path))) {
            if (!SafeFiles.sha256(file).equals(checksums.get(file))) {
                throw new ControlRoomException(ErrorCode.ARTIFACT_INVALID, file + " is damaged");
            }
        }
    }

    @Override
    public synchronized ModelVersion registerVersion(String model, ModelPlace place, Map<String, String> tags) {
        asked();
        ModelVersion version = new ModelVersion(
                model,
                Integer.toString(versions.size() + 1),
                place.runId(),
                Stage.NONE,
                new TreeSet<>(),
                new TreeMap<>(tags),
                Instant.EPOCH);
        versions.add(version);
        done("registerVersion");
        return version;
    }

    @Override
    public synchronized OptionalLong nextVersion(String model) {
        asked();
        return OptionalLong.of(versions.size() + 1L);
    }

    @Override
    public synchronized ModelVersion version(String model, String version) {
        asked();
        return versions.stream()
                .filter(one -> one.version().equals(version))
                .findFirst()
                .orElseThrow(() -> notFound("version " + version));
    }

    @Override
    public synchronized Optional<ModelVersion> versionByAlias(String model, String alias) {
        asked();
        if (versions.isEmpty()) {
            throw notFound("model " + model);
        }
        return versions.stream().filter(one -> one.aliases().contains(alias)).findFirst();
    }

    @Override
    public synchronized Page<ModelVersion> versions(PageRequest request) {
        asked();
        return new Page<>(versions, null);
    }

    private void replace(ModelVersion old, Stage stage, SortedSet<String> aliases, SortedMap<String, String> tags) {
        versions.set(
                versions.indexOf(old),
                new ModelVersion(old.name(), old.version(), old.runId(), stage, aliases, tags, old.createdAt()));
    }

    @Override
    public synchronized void setAlias(String model, String alias, String version) {
        asked();
        for (ModelVersion one : List.copyOf(versions)) {
            SortedSet<String> aliases = new TreeSet<>(one.aliases());
            if (one.version().equals(version)) {
                aliases.add(alias);
            } else {
                aliases.remove(alias);
            }
            replace(one, one.stage(), aliases, one.tags());
        }
    }

    @Override
    public synchronized void deleteAlias(String model, String alias) {
        asked();
        for (ModelVersion one : List.copyOf(versions)) {
            SortedSet<String> aliases = new TreeSet<>(one.aliases());
            if (aliases.remove(alias)) {
                replace(one, one.stage(), aliases, one.tags());
            }
        }
    }

    @Override
    public synchronized void setStage(String model, String version, Stage stage, boolean archiveOthers) {
        asked();
        done("setStage");
        for (ModelVersion one : List.copyOf(versions)) {
            if (one.version().equals(version)) {
                replace(one, stage, one.aliases(), one.tags());
            } else if (archiveOthers && one.stage() == stage) {
                replace(one, Stage.ARCHIVED, one.aliases(), one.tags());
            }
        }
    }

    @Override
    public synchronized void setVersionTags(String model, String version, Map<String, String> tags) {
        ModelVersion old = version(model, version);
        SortedMap<String, String> all = new TreeMap<>(old.tags());
        all.putAll(tags);
        replace(old, old.stage(), old.aliases(), all);
    }

    private static ControlRoomException notFound(String what) {
        return new ControlRoomException(ErrorCode.NOT_FOUND, what + " does not exist");
    }
}
