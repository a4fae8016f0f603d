package org.controlroom.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.migrate.CopiedRuns;
import org.controlroom.core.migrate.MigrateRegistryPipeline;
import org.controlroom.core.model.DatasetInput;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Stage;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.registry.embedded.EmbeddedModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.ErrorKind;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the embedded registry to a real MLflow server, and from there to another embedded one. */
class MigrationTest {

    @TempDir
    static Path folder;

    /** How the names of calls begin that change something. */
    private static final Set<String> CHANGES = Set.of("import", "finish", "log", "set", "register");

    private static MlflowServer server;
    private static final List<JdbcConnectionPool> POOLS = new ArrayList<>();

    @BeforeAll
    static void connect() {
        server = MlflowServer.withFiles(MlflowModelRegistryTest.PYTHON, folder);
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
        POOLS.forEach(JdbcConnectionPool::dispose);
    }

    private static EmbeddedModelRegistry embedded(String name) {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa", "");
        POOLS.add(pool);
        return new EmbeddedModelRegistry(pool, folder.resolve(name), InstantSource.system());
    }

    @Test
    void everythingComesThereAndBack() throws IOException {
        EmbeddedModelRegistry first = embedded("first");
        String firstRun = run(first, "one", "weights 1");
        String secondRun = run(first, "two", "weights 2");
        first.registerVersion("m", firstRun, Map.of("f1", "0.5"));
        first.registerVersion("m", secondRun, Map.of("f1", "0.6"));
        first.setStage("m", "1", Stage.ARCHIVED, false);
        first.setStage("m", "2", Stage.PRODUCTION, false);
        first.setAlias("m", "production", "2");
        first.setAlias("m", "challenger", "1");
        String uri = server.uri().toString();
        EmbeddedModelRegistry other = embedded("other");

        assertThat(migrateThoughCutOff(first)).as("times that it was cut off").isGreaterThan(5);
        Map<String, String> there = migrate(first, MigrateRegistryPipeline.EMBEDDED, uri);

        assertThat(there)
                .containsEntry("runs_verified", "2")
                .containsEntry("files_verified", "6")
                .containsEntry("inputs_described_otherwise", "1")
                .containsEntry("versions_verified", "2");
        assertThat(migrate(first, MigrateRegistryPipeline.EMBEDDED, uri))
                .containsEntry("runs_copied", "0")
                .containsEntry("versions_copied", "0");

        assertThat(migrate(other, uri, MigrateRegistryPipeline.EMBEDDED)).containsEntry("versions_verified", "2");
        ExperimentRun run = first.run(secondRun);
        ExperimentRun copy = other.run(other.version("m", "2").runId());
        assertThat(copy)
                .usingRecursiveComparison()
                .ignoringFields("id", "tags", "startedAt", "endedAt")
                .isEqualTo(run);
        assertThat(copy.startedAt().toEpochMilli()).isEqualTo(run.startedAt().toEpochMilli());
        assertThat(copy.tags()).containsAllEntriesOf(run.tags());
        assertThat(other.versionByAlias("m", "production").orElseThrow().stage())
                .isEqualTo(Stage.PRODUCTION);
        assertThat(other.fetchArtifact(copy.id(), "model", folder.resolve("out"))
                        .resolve("classifier.bin"))
                .hasContent("weights 2");
        assertThat(migrate(first, uri, MigrateRegistryPipeline.EMBEDDED))
                .as("back to where it came from")
                .containsEntry("runs_copied", "0")
                .containsEntry("versions_copied", "0")
                .containsEntry("runs_verified", "2");
        try (MlflowModelRegistry mlflow = MlflowModelRegistryTest.open(server.uri())) {
            assertThat(mlflow.runs(new PageRequest(new TreeMap<>(), null, null, 10))
                            .items())
                    .as("no twins")
                    .extracting(ExperimentRun::name)
                    .containsExactlyInAnyOrder("one", "two");
            assertThat(CopiedRuns.find(mlflow, firstRun).name()).isEqualTo("one");
            aForeignRegistryIsRefusedBy(mlflow, "versions 1, 2");
        }
    }

    /** As a process that is killed again and again, each time a little later. @return how often it was */
    private static int migrateThoughCutOff(EmbeddedModelRegistry first) throws IOException {
        try (CutOffProxy proxy = new CutOffProxy(server.uri())) {
            MlflowSettings once = new MlflowSettings(
                    proxy.uri(), proxy.uri(), null, null, Duration.ofSeconds(60), Duration.ofSeconds(120), 1);
            String uri = proxy.uri().toString();
            for (int changes = 1; changes < 100; changes++) {
                proxy.letThrough(changes);
                try {
                    migrate(
                            first,
                            () -> new MlflowModelRegistry(once, InstantSource.system()),
                            Map.of("from", MigrateRegistryPipeline.EMBEDDED, "to", uri));
                    return changes - 1;
                } catch (ControlRoomException e) {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
                }
            }
        }
        throw new AssertionError("it never came to an end");
    }

    @Test
    void whatDiffersAfterwardsIsFound() throws IOException {
        EmbeddedModelRegistry first = embedded("differs");
        run(first, "one", "weights");
        EmbeddedModelRegistry second = embedded("copy");
        Map<String, ModelRegistry> both = Map.of("http://a", first, "http://b", second);
        MigrateRegistryPipeline pipeline = new MigrateRegistryPipeline(both::get, folder.resolve("work"));
        FakeRun context = context(Map.of("from", "http://a", "to", "http://b"));
        pipeline.run("copy-runs", context);
        try (var files = Files.find(folder.resolve("copy"), 9, (path, attributes) -> path.endsWith("classifier.bin"))) {
            Files.writeString(files.findFirst().orElseThrow(), "other");
        }
        assertThatThrownBy(() -> pipeline.run("verify-copies", context)).hasMessageContaining("SHA-256");
    }

    @Test
    void aMigrationThatIsKilledAfterAnyOfItsChangesGoesOnWithoutTwins() throws IOException {
        EmbeddedModelRegistry first = embedded("killed-from");
        for (String name : List.of("one", "two")) {
            first.registerVersion("m", run(first, name, name), Map.of("f1", "0.5"));
        }
        promote(first, "2", "2026-11-01T00:00:00Z");
        Map<String, String> parameters = Map.of("from", "http://a", "to", "http://b");
        int changes = 0;
        for (boolean killed = true; killed; changes++) {
            EmbeddedModelRegistry second = embedded("killed-to-" + changes);
            AtomicInteger left = new AtomicInteger(changes + 1);
            Map<String, ModelRegistry> both = Map.of("http://a", first, "http://b", killedAfter(left, second));
            MigrateRegistryPipeline pipeline = new MigrateRegistryPipeline(both::get, folder.resolve("work"));
            try {
                context(parameters).from("copy-runs", pipeline);
                killed = false;
            } catch (ControlRoomException e) {
                assertThat(e).hasMessage("killed");
            }
            left.set(Integer.MAX_VALUE);
            assertThat(context(parameters).from("copy-runs", pipeline).outcome)
                    .containsEntry("runs_verified", "2")
                    .containsEntry("versions_verified", "2");
            assertThat(second.runs(new PageRequest(new TreeMap<>(), null, null, 10))
                            .items())
                    .extracting(ExperimentRun::name)
                    .containsExactlyInAnyOrder("one", "two");
            assertThat(second.production("m").orElseThrow().version()).isEqualTo("2");
        }
        assertThat(changes).as("changes of one migration").isGreaterThan(12);
    }

    /** A registry whose caller is ended right after some call that changes it. */
    private static ModelRegistry killedAfter(AtomicInteger left, ModelRegistry registry) {
        return (ModelRegistry) Proxy.newProxyInstance(
                MigrationTest.class.getClassLoader(),
                new Class<?>[] {ModelRegistry.class},
                (self, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(registry, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    boolean changes = CHANGES.stream().anyMatch(method.getName()::startsWith);
                    if (changes && left.decrementAndGet() == 0) {
                        throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, "killed");
                    }
                    return result;
                });
    }

    @Test
    void aLaterPromotionInTheTargetIsNotUndone() throws IOException {
        EmbeddedModelRegistry first = embedded("older");
        EmbeddedModelRegistry second = embedded("newer");
        for (String name : List.of("one", "two")) {
            first.registerVersion("m", run(first, name, name), Map.of());
        }
        promote(first, "1", "2026-11-01T00:00:00Z");
        Map<String, ModelRegistry> both = Map.of("http://a", first, "http://b", second);
        MigrateRegistryPipeline pipeline = new MigrateRegistryPipeline(both::get, folder.resolve("work"));
        FakeRun there = context(Map.of("from", "http://a", "to", "http://b")).from("copy-runs", pipeline);
        promote(second, "2", "2026-11-02T00:00:00Z");
        second.setStage("m", "1", Stage.NONE, false);

        assertThatThrownBy(() -> there.from("copy-runs", pipeline))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("version 2 of 'm' went into production in " + second.address())
                .hasMessageContaining("copying would undo that");
        assertThat(second.production("m").orElseThrow().version()).isEqualTo("2");

        context(Map.of("from", "http://b", "to", "http://a")).from("copy-runs", pipeline);
        assertThat(first.production("m").orElseThrow().version()).isEqualTo("2");
        assertThat(first.version("m", "1").stage()).isEqualTo(Stage.NONE);
    }

    @Test
    void aTargetWithVersionsOfItsOwnStaysAsItIs() throws IOException {
        EmbeddedModelRegistry target = embedded("own");
        target.registerVersion("m", run(target, "mine", "mine"), Map.of("f1", "0.9"));
        promote(target, "1", "2026-11-01T00:00:00Z");
        aForeignRegistryIsRefusedBy(target, "version 1");
    }

    private static void aForeignRegistryIsRefusedBy(ModelRegistry target, String own) throws IOException {
        EmbeddedModelRegistry source = embedded("foreign-to-" + target.kind());
        for (String name : List.of("three", "four", "five")) {
            source.registerVersion("m", run(source, name, name), Map.of("f1", "0.5"));
        }
        promote(source, "2", "2026-11-02T00:00:00Z");
        String before = everything(target, "m");

        assertRefused(
                source,
                target,
                target.address() + " has " + own + " of 'm' of its own, not copied from " + source.address(),
                "delete that model there first");

        assertThat(everything(target, "m")).isEqualTo(before);
    }

    @Test
    void aTargetThatWentOnIsNotOverwritten() throws IOException {
        EmbeddedModelRegistry source = embedded("stayed");
        EmbeddedModelRegistry target = embedded("went-on");
        source.registerVersion("m", run(source, "one", "one"), Map.of("f1", "0.5"));
        FakeRun there = context(Map.of("from", "http://a", "to", "http://b"));
        MigrateRegistryPipeline pipeline = between(source, target);
        there.from("copy-runs", pipeline);
        target.registerVersion("m", run(target, "later", "later"), Map.of("f1", "0.6"));
        String before = everything(target, "m");

        assertRefused(source, target, "has version 2 of 'm' of its own", "Swap from and to");

        assertThat(everything(target, "m")).isEqualTo(before);
        assertThat(context(Map.of("from", "http://b", "to", "http://a")).from("copy-runs", pipeline).outcome)
                .containsEntry("versions_copied", "1");
        assertThat(there.from("copy-runs", pipeline).outcome)
                .as("now both have the same")
                .containsEntry("versions_copied", "0");
    }

    @Test
    void aVersionThatWouldGetAnotherNumberIsRefusedBeforeAnythingIsCopied() throws IOException {
        EmbeddedModelRegistry source = embedded("gap");
        for (String name : List.of("one", "two")) {
            source.registerVersion("m", run(source, name, name), Map.of());
        }
        ModelRegistry withGap = (ModelRegistry) Proxy.newProxyInstance(
                MigrationTest.class.getClassLoader(),
                new Class<?>[] {ModelRegistry.class},
                (self, method, arguments) -> method.getName().equals("versions")
                        ? new Page<>(List.of(source.version("m", "2")), null)
                        : method.invoke(source, arguments));
        EmbeddedModelRegistry target = embedded("gap-to");

        assertRefused(withGap, target, "version 2 of 'm' would become 1 in", "nothing was copied");

        assertThat(everything(target, "m")).isEqualTo(everything(embedded("gap-none"), "m"));
    }

    @Test
    void aServerWhoseVersionsWereDeletedIsNoticedBeforeAnythingIsCopied() throws Exception {
        String uri = server.uri().toString();
        EmbeddedModelRegistry source = embedded("deleted-there");
        for (String name : List.of("left", "right")) {
            source.registerVersion("deleted", bareRun(source, name), Map.of());
        }
        try (MlflowModelRegistry mlflow = MlflowModelRegistryTest.open(server.uri())) {
            mlflow.takeBack(mlflow.registerVersion("deleted", bareRun(mlflow, "gone"), Map.of()), true);
            String before = everything(mlflow, "deleted");

            assertThatThrownBy(() -> migrate(source, MigrateRegistryPipeline.EMBEDDED, uri))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                    .hasMessageContaining("version 1 of 'deleted' would become 2 in " + uri)
                    .hasMessageContaining("Delete the registered model 'deleted' there");
            assertThat(everything(mlflow, "deleted")).isEqualTo(before);

            deleteModel("deleted");
            assertThat(migrate(source, MigrateRegistryPipeline.EMBEDDED, uri)).containsEntry("versions_copied", "2");

            source.registerVersion("deleted", bareRun(source, "next"), Map.of());
            assertThat(migrate(source, MigrateRegistryPipeline.EMBEDDED, uri))
                    .as("a model that has versions there")
                    .containsEntry("runs_copied", "1")
                    .containsEntry("versions_registered_first", "1")
                    .containsEntry("versions_copied", "1");
            for (String version : List.of("1", "2", "3")) {
                mlflow.takeBack(mlflow.version("deleted", version), true);
            }
        }
    }

    /** In an experiment of its own, because the server keeps what was logged to runs that are deleted. */
    private static String bareRun(ModelRegistry registry, String name) throws IOException {
        String run = registry.startRun("numbers", name, Map.of());
        registry.logArtifact(run, Files.writeString(folder.resolve("MLmodel"), "flavors: {}\n"), "model/MLmodel");
        registry.endRun(run, RunStatus.COMPLETED);
        return run;
    }

    private static void deleteModel(String name) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/api/2.0/mlflow/registered-models/delete"))
                .header("Content-Type", "application/json")
                .method("DELETE", HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    /** Once, because it would be the same again. */
    private static void assertRefused(ModelRegistry source, ModelRegistry target, String... words) {
        assertThatThrownBy(() ->
                        between(source, target).run("copy-runs", context(Map.of("from", "http://a", "to", "http://b"))))
                .isInstanceOfSatisfying(
                        ControlRoomException.class,
                        e -> assertThat(e.code().kind()).as("not tried again").isEqualTo(ErrorKind.USER))
                .message()
                .contains(words);
    }

    private static MigrateRegistryPipeline between(ModelRegistry a, ModelRegistry b) {
        Map<String, ModelRegistry> both = Map.of("http://a", open(a), "http://b", open(b));
        return new MigrateRegistryPipeline(both::get, folder.resolve("work"));
    }

    /** The same registry, which a migration cannot close. */
    private static ModelRegistry open(ModelRegistry registry) {
        return killedAfter(new AtomicInteger(Integer.MAX_VALUE), registry);
    }

    private static String everything(ModelRegistry registry, String model) {
        List<ModelVersion> versions = registry.versions(
                        new PageRequest(new TreeMap<>(Map.of("name", model)), null, null, 100))
                .items();
        List<ExperimentRun> runs =
                registry.runs(new PageRequest(new TreeMap<>(), null, null, 100)).items();
        return versions + "\n" + runs;
    }

    private static void promote(ModelRegistry registry, String version, String time) {
        promote(registry, "m", version, time);
    }

    private static void promote(ModelRegistry registry, String model, String version, String time) {
        registry.setVersionTags(model, version, Map.of("promotion.time", time));
        registry.setStage(model, version, Stage.PRODUCTION, true);
        registry.setAlias(model, "production", version);
    }

    @Test
    void onlyTwoRegistriesAreTaken() {
        MigrateRegistryPipeline pipeline = new MigrateRegistryPipeline(place -> null, folder);
        for (Map<String, String> wrong : List.of(
                Map.<String, String>of(),
                Map.of("from", "embedded", "to", "embedded"),
                Map.of("from", "embedded", "to", "http://user:secret@host:5000"),
                Map.of("from", "embedded", "to", "ftp://host"),
                Map.of("from", "embedded", "to", "http://host", "colour", "red"))) {
            assertThatThrownBy(() -> pipeline.complete(wrong)).isInstanceOf(ControlRoomException.class);
        }
        assertThat(pipeline.complete(Map.of("from", "embedded", "to", "http://host:5000")))
                .containsOnlyKeys("from", "to");
    }

    private static String run(ModelRegistry registry, String name, String weights) throws IOException {
        String run = registry.startRun("rakuten_model_training", name, Map.of("pipeline.run_id", name));
        registry.logParameters(run, Map.of("seed", "42"));
        registry.logMetrics(run, Map.of("f1_weighted", 0.75, "seconds_evaluate", 1.5));
        // The same data by other loads, which MLflow cannot tell apart.
        String loads = "{\"loads\":\"" + name + "\"}";
        registry.logInput(run, new DatasetInput("train", "abc", "control_room", loads, "{}", "training"));
        Path source = Files.createDirectories(folder.resolve("source/" + name));
        Files.writeString(source.resolve("classifier.bin"), weights);
        Files.writeString(source.resolve("MLmodel"), "flavors: {}\n");
        registry.logArtifact(run, source, "model");
        registry.logArtifact(run, Files.writeString(folder.resolve("names.json"), "[]"), "class_names.json");
        registry.endRun(run, RunStatus.COMPLETED);
        return run;
    }

    private static Map<String, String> migrate(EmbeddedModelRegistry embedded, String from, String to) {
        return migrate(embedded, () -> MlflowModelRegistryTest.open(server.uri()), Map.of("from", from, "to", to));
    }

    /** @param mlflow opened for each step, as in the server */
    private static Map<String, String> migrate(
            EmbeddedModelRegistry embedded, Supplier<ModelRegistry> mlflow, Map<String, String> parameters) {
        MigrateRegistryPipeline pipeline = new MigrateRegistryPipeline(
                place -> place.equals(MigrateRegistryPipeline.EMBEDDED) ? embedded : mlflow.get(),
                folder.resolve("work"));
        FakeRun context = context(pipeline.complete(parameters)).from("copy-runs", pipeline);
        assertThat(context.log).hasSize(3).noneMatch(String::isBlank);
        return context.outcome;
    }

    private static FakeRun context(Map<String, String> parameters) {
        return new FakeRun(MigrateRegistryPipeline.NAME, "1", parameters);
    }
}
