package org.controlroom.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.migrate.MigrateRegistryPipeline;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ModelPlace;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PageRequest;
import org.controlroom.registry.embedded.EmbeddedModelRegistry;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves what the real mlflow package logged, which MLflow 3 keeps beside its runs or in folders of any name. */
class PythonModelsMigrationTest {

    private static final List<String> WAYS = List.of("logged", "without-a-run", "folder");

    @TempDir
    static Path folder;

    private static MlflowServer server;
    private static MlflowServer other;
    private static JdbcConnectionPool pool;

    @BeforeAll
    static void register() throws Exception {
        server = MlflowServer.withFiles(
                MlflowModelRegistryTest.PYTHON, Files.createDirectories(folder.resolve("server")));
        other = MlflowServer.withFiles(
                MlflowModelRegistryTest.PYTHON, Files.createDirectories(folder.resolve("other")));
        pool = JdbcConnectionPool.create("jdbc:h2:mem:python-models;DB_CLOSE_DELAY=-1", "sa", "");
        MlflowModelRegistryTest.python(
                "register_onnx.py",
                server.uri().toString(),
                MlflowModelRegistryTest.ONNX.toString(),
                String.join(",", WAYS));
    }

    @AfterAll
    static void close() {
        for (MlflowServer each : new MlflowServer[] {server, other}) {
            if (each != null) {
                each.close();
            }
        }
        if (pool != null) {
            pool.dispose();
        }
    }

    @Test
    void fromOneServerToTheOtherTheyAnswerAsBefore() throws Exception {
        assertThat(migrate(server.uri().toString(), other.uri().toString()))
                .containsEntry("runs_verified", "3")
                .containsEntry("versions_copied", "3")
                .containsEntry("versions_verified", "3");
        assertThat(migrate(server.uri().toString(), other.uri().toString()))
                .as("again")
                .containsEntry("runs_copied", "0")
                .containsEntry("versions_copied", "0");

        List<String> answers = MlflowModelRegistryTest.python(
                        "load_model.py",
                        server.uri() + "," + other.uri(),
                        "models:/logged/1",
                        "models:/without-a-run/1")
                .lines()
                .filter(line -> line.startsWith("models:/"))
                .toList();
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0)).startsWith("models:/logged/1 {");
        assertThat(answers.get(1)).startsWith("models:/without-a-run/1 {");
        assertThat(answers.subList(2, 4)).as("of the copies").isEqualTo(answers.subList(0, 2));
        try (MlflowModelRegistry copies = MlflowModelRegistryTest.open(other.uri())) {
            for (String way : WAYS) {
                ModelVersion copy = copies.version(way, "1");
                assertThat(copies.fetchModel(copy, folder.resolve("out-" + way)).resolve("model.onnx"))
                        .hasSameBinaryContentAs(MlflowModelRegistryTest.ONNX);
            }
        }
    }

    @Test
    void theEmbeddedRegistryHasThemWhole() throws IOException {
        String uri = server.uri().toString();
        EmbeddedModelRegistry embedded = embedded();

        assertThat(migrate(uri, MigrateRegistryPipeline.EMBEDDED))
                .containsEntry("runs_verified", "3")
                .containsEntry("versions_copied", "3");

        for (String way : WAYS) {
            ModelVersion copy = embedded.version(way, "1");
            Path files = embedded.fetchModel(copy, folder.resolve("embedded-" + way));
            embedded.verifyModel(copy);
            assertThat(files.resolve("model.onnx")).hasSameBinaryContentAs(MlflowModelRegistryTest.ONNX);
            if (!way.equals("folder")) {
                assertThat(files.resolve("MLmodel")).content().contains("loader_module: mlflow.onnx");
                assertThat(files.resolve("extra/note.txt")).hasContent("from Python");
                assertThat(description(embedded, copy))
                        .contains("\"alpha\": \"0.5\"")
                        .contains("\"team\": \"catalogue\"");
            }
        }
        ExperimentRun measured = embedded.run(embedded.version("folder", "1").runId());
        assertThat(measured.metrics()).containsOnly(Map.entry("accuracy", 0.5));
        assertThat(measured.tags()).containsEntry("migrated.metric.loss", "NaN");
        ExperimentRun runless =
                embedded.run(embedded.version("without-a-run", "1").runId());
        assertThat(runless.experiment()).isEqualTo("notebook");
        assertThat(runless.parameters()).containsEntry("alpha", "0.5");
        assertThat(runless.tags()).containsEntry("team", "catalogue");

        assertThat(migrate(MigrateRegistryPipeline.EMBEDDED, uri))
                .as("back to where they came from")
                .containsEntry("runs_copied", "0")
                .containsEntry("versions_copied", "0")
                .containsEntry("versions_verified", "3");
        try (MlflowModelRegistry first = MlflowModelRegistryTest.open(server.uri())) {
            assertThat(first.runs(new PageRequest(new TreeMap<>(), null, null, 10))
                            .items())
                    .as("no twins")
                    .hasSize(2);
        }
    }

    private static String description(EmbeddedModelRegistry registry, ModelVersion version) throws IOException {
        ModelPlace place = registry.place(version);
        Path file = registry.fetchArtifact(
                place.runId(), place.folder() + ".json", folder.resolve("description-" + version.name()));
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static EmbeddedModelRegistry embedded() {
        return new EmbeddedModelRegistry(pool, folder.resolve("embedded"), InstantSource.system());
    }

    private static Map<String, String> migrate(String from, String to) {
        MigrateRegistryPipeline pipeline = new MigrateRegistryPipeline(
                place -> place.equals(MigrateRegistryPipeline.EMBEDDED)
                        ? embedded()
                        : MlflowModelRegistryTest.open(URI.create(place)),
                folder.resolve("work"));
        return new FakeRun(MigrateRegistryPipeline.NAME, "1", pipeline.complete(Map.of("from", from, "to", to)))
                .from("copy-runs", pipeline)
                .outcome;
    }
}
