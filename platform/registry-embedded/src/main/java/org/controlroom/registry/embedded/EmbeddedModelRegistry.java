package org.controlroom.registry.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
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
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;
import org.controlroom.registry.embedded.ArtifactFiles.Staged;
import org.controlroom.registry.embedded.ArtifactTables.Stored;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** The registry that needs no server. What counts is in the database; files hold the bytes it names. */
public final class EmbeddedModelRegistry implements ModelRegistry {

    private final Database database;
    private final Path folder;
    private final ArtifactFiles files;
    private final InstantSource clock;

    /** Guards the choice of a free location for artifacts. */
    private final Object placing = new Object();

    /**
     * Opens the registry and brings its tables to the newest version.
     *
     * @param folder where artifacts are kept; made when missing
     */
    public EmbeddedModelRegistry(DataSource source, Path folder, InstantSource clock) {
        this.database = new Database(source, ErrorCode.REGISTRY_UNAVAILABLE);
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
        database.migrate(
                EmbeddedModelRegistry.class.getClassLoader(),
                "org/controlroom/registry/embedded/migration",
                "registry_schema_history");
        files = new ArtifactFiles(this.folder);
    }

    @Override
    public String kind() {
        return "embedded";
    }

    @Override
    public Optional<String> page(String runId) {
        run(runId);
        return Optional.empty();
    }

    @Override
    public String address() {
        return folder.toString();
    }

    @Override
    public void ping() {
        database.read("ask registry", connection -> Statements.number(connection, "SELECT 1"));
        if (!Files.isDirectory(files.artifacts())) {
            throw new ControlRoomException(
                    ErrorCode.REGISTRY_UNAVAILABLE, "registry folder " + files.artifacts() + " does not exist");
        }
    }

    @Override
    public String startRun(String experiment, String runName, Map<String, String> tags) {
        RegistryNames.checkRun(experiment, runName, tags);
        makeExperiment(experiment);
        String runId = newRunId();
        return database.write("start run '" + runName + "'", connection -> {
            RunTables.insert(connection, runId, experiment, runName, tags, clock.instant());
            return runId;
        });
    }

    private void makeExperiment(String experiment) {
        database.write(
                "make experiment '" + experiment + "'",
                connection -> Statements.insertIfAbsent(
                        connection,
                        "SELECT id FROM registry_experiments WHERE name = ?",
                        List.of(experiment),
                        "INSERT INTO registry_experiments (name, created_at) VALUES (?, ?)",
                        List.of(experiment, clock.instant())));
    }

    private static String newRunId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public String importRun(ExperimentRun run) {
        RegistryNames.checkRun(run);
        makeExperiment(run.experiment());
        String runId = newRunId();
        return database.write("import run '" + run.name() + "'", connection -> {
            RunTables.insert(connection, runId, run.experiment(), run.name(), run.tags(), run.startedAt());
            RunTables.putValues(connection, runId, RunTables.PARAMETER, run.parameters());
            RunTables.putMetrics(connection, runId, run.metrics());
            RunTables.setStatus(connection, runId, run.status(), run.endedAt());
            return runId;
        });
    }

    /** An import is one transaction: whoever finds the run finds all of it. */
    @Override
    public void finishImport(String runId, ExperimentRun run) {
        run(runId);
    }

    @Override
    public void logParameters(String runId, Map<String, String> parameters) {
        RegistryNames.checkEntries("parameter", parameters);
        database.write("log parameters of run " + runId, connection -> {
            RunTables.lock(connection, runId);
            Map<String, String> known = RunTables.values(connection, runId, RunTables.PARAMETER);
            parameters.forEach((key, value) -> {
                if (!known.getOrDefault(key, value).equals(value)) {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            "parameter '" + key + "' of run " + runId + " is '" + known.get(key)
                                    + "' and cannot become '" + value + "'");
                }
            });
            RunTables.putValues(connection, runId, RunTables.PARAMETER, parameters);
            return runId;
        });
    }

    @Override
    public void logMetrics(String runId, Map<String, Double> metrics) {
        RegistryNames.checkMetrics(metrics);
        database.write("log metrics of run " + runId, connection -> {
            RunTables.lock(connection, runId);
            RunTables.putMetrics(connection, runId, metrics);
            return runId;
        });
    }

    @Override
    public void setTags(String runId, Map<String, String> tags) {
        RegistryNames.checkEntries("tag", tags);
        database.write("tag run " + runId, connection -> {
            RunTables.lock(connection, runId);
            RunTables.putValues(connection, runId, RunTables.TAG, tags);
            return runId;
        });
    }

    @Override
    public void logInput(String runId, DatasetInput input) {
        RegistryNames.checkInput(input);
        database.write("log an input of run " + runId, connection -> {
            RunTables.lock(connection, runId);
            RunTables.putInput(connection, runId, input);
            return runId;
        });
    }

    @Override
    public List<DatasetInput> inputs(String runId) {
        run(runId);
        return database.read("list inputs of run " + runId, connection -> RunTables.inputs(connection, runId));
    }

    @Override
    public void logArtifact(String runId, Path source, String target) {
        RegistryNames.checkPath(target);
        run(runId);
        Staged staged = files.stage(source, target);
        try {
            synchronized (placing) {
                List<Stored> before = stored(runId);
                ArtifactTables.requireNoClash(runId, before, staged);
                String location = freeLocation(runId, target, before);
                files.place(staged, location);
                List<Stored> replaced = before.stream()
                        .filter(old -> staged.entries().stream()
                                .anyMatch(
                                        fresh -> fresh.path().equals(old.entry().path())))
                        .toList();
                try {
                    remember(runId, staged, location);
                } catch (ControlRoomException e) {
                    staged.entries().forEach(entry -> files.remove(location, entry.path()));
                    throw e;
                }
                replaced.forEach(old -> files.remove(old.location(), old.entry().path()));
            }
        } finally {
            files.discard(staged.folder());
        }
    }

    /**
     * The run's own folder as a rule; another one beside it while earlier files of the same name are there. Files that a
     * kill left between their move and their rows go first.
     */
    private String freeLocation(String runId, String target, List<Stored> known) {
        String location = runId;
        for (int number = 2; !files.isFree(location, target); number++) {
            String taken = location;
            boolean named = known.stream()
                    .anyMatch(
                            old -> old.location().equals(taken) && (old.entry().path() + "/").startsWith(target + "/"));
            if (!named) {
                files.removeTree(taken, target);
                return taken;
            }
            location = runId + "." + number;
        }
        return location;
    }

    private void remember(String runId, Staged staged, String location) {
        database.write("log artifact of run " + runId, connection -> {
            ArtifactTables.replace(connection, runId, staged, location);
            return runId;
        });
    }

    @Override
    public void endRun(String runId, RunStatus status) {
        RegistryNames.checkEnd(runId, status);
        database.write("end run " + runId, connection -> {
            RunTables.setStatus(connection, runId, status, clock.instant());
            return runId;
        });
    }

    @Override
    public void resumeRun(String runId) {
        database.write("resume run " + runId, connection -> {
            RunTables.setStatus(connection, runId, RunStatus.RUNNING, null);
            return runId;
        });
    }

    @Override
    public ExperimentRun run(String runId) {
        return database.read("read run " + runId, connection -> RunTables.run(connection, runId));
    }

    @Override
    public List<Experiment> experiments() {
        return database.read("list experiments", RunTables::experiments);
    }

    @Override
    public Page<ExperimentRun> runs(PageRequest request) {
        return database.readSnapshot("list runs", connection -> RunTables.runs(connection, request));
    }

    @Override
    public List<String> artifacts(String runId) {
        run(runId);
        return stored(runId).stream().map(each -> each.entry().path()).toList();
    }

    @Override
    public Path fetchArtifact(String runId, String path, Path target) {
        for (Stored each : wanted(runId, path)) {
            files.fetch(
                    each.location(), each.entry(), target.resolve(each.entry().path()));
        }
        return target.resolve(path);
    }

    @Override
    public void verifyArtifact(String runId, String path) {
        for (Stored each : wanted(runId, path)) {
            files.verify(each.location(), each.entry());
        }
    }

    private List<Stored> wanted(String runId, String path) {
        RegistryNames.checkPath(path);
        run(runId);
        List<Stored> wanted = stored(runId).stream()
                .filter(each ->
                        each.entry().path().equals(path) || each.entry().path().startsWith(path + "/"))
                .toList();
        if (wanted.isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND, Reason.of("artifact-unknown", "run {0} has no artifact '{1}'", runId, path));
        }
        return wanted;
    }

    private List<Stored> stored(String runId) {
        return database.read("list artifacts of run " + runId, connection -> ArtifactTables.all(connection, runId));
    }

    @Override
    public ModelPlace place(ModelVersion version) {
        return database.read(
                "find the files of version " + version.version() + " of '" + version.name() + "'",
                connection -> VersionTables.place(connection, version.name(), version.version()));
    }

    @Override
    public ModelVersion registerVersion(String model, ModelPlace place, Map<String, String> tags) {
        RegistryNames.check("model", model);
        RegistryNames.checkEntries("tag", tags);
        RegistryNames.checkPath(place.folder());
        if (artifacts(place.runId()).stream().noneMatch(path -> path.startsWith(place.folder() + "/"))) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    "run " + place.runId() + " has no artifact folder '" + place.folder() + "' to register");
        }
        database.write(
                "make model '" + model + "'",
                connection -> Statements.insertIfAbsent(
                        connection,
                        "SELECT last_version FROM registry_models WHERE name = ?",
                        List.of(model),
                        "INSERT INTO registry_models (name, last_version, created_at) VALUES (?, 0, ?)",
                        List.of(model, clock.instant())));
        return database.write(
                "register version of '" + model + "'",
                connection -> VersionTables.insert(connection, model, place, tags, clock.instant()));
    }

    @Override
    public OptionalLong nextVersion(String model) {
        return OptionalLong.of(database.read(
                "find the next version of '" + model + "'",
                connection -> VersionTables.nextVersion(connection, model)));
    }

    @Override
    public RegisteredModel model(String model) {
        return database.readSnapshot(
                "read model '" + model + "'", connection -> VersionTables.model(connection, model));
    }

    @Override
    public ModelVersion version(String model, String version) {
        return database.readSnapshot(
                "read version " + version + " of '" + model + "'",
                connection -> VersionTables.version(connection, model, version));
    }

    @Override
    public Optional<ModelVersion> versionByAlias(String model, String alias) {
        return database.readSnapshot(
                "read alias '" + alias + "' of '" + model + "'",
                connection -> VersionTables.byAlias(connection, model, alias));
    }

    @Override
    public Page<ModelVersion> versions(PageRequest request) {
        return database.readSnapshot("list versions", connection -> VersionTables.versions(connection, request));
    }

    @Override
    public void setAlias(String model, String alias, String version) {
        RegistryNames.checkAlias(alias);
        change(
                "set alias '" + alias + "'",
                model,
                version,
                (connection, number) -> VersionTables.setAlias(connection, model, alias, number));
    }

    @Override
    public void deleteAlias(String model, String alias) {
        database.write(
                "delete alias '" + alias + "' of '" + model + "'",
                connection -> Statements.update(
                        connection, "DELETE FROM registry_aliases WHERE model = ? AND alias = ?", model, alias));
    }

    @Override
    public void setStage(String model, String version, Stage stage, boolean archiveOthers) {
        change(
                "set stage " + stage.title(),
                model,
                version,
                (connection, number) -> VersionTables.setStage(connection, model, number, stage, archiveOthers));
    }

    @Override
    public void setVersionTags(String model, String version, Map<String, String> tags) {
        RegistryNames.checkEntries("tag", tags);
        change(
                "tag version",
                model,
                version,
                (connection, number) -> VersionTables.putTags(connection, model, number, tags));
    }

    @Override
    public void deleteVersionTag(String model, String version, String tag) {
        change(
                "delete tag '" + tag + "'",
                model,
                version,
                (connection, number) -> VersionTables.deleteTag(connection, model, number, tag));
    }

    private void change(String what, String model, String version, VersionChange change) {
        database.write(what + " of '" + model + "' " + version, connection -> {
            int number = VersionTables.lock(connection, model, version);
            change.apply(connection, number);
            return number;
        });
    }

    private interface VersionChange {
        void apply(Connection connection, int version) throws SQLException;
    }
}
