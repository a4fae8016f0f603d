package org.controlroom.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.ModelRegistryContract;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on a real MLflow server with SQLite and a folder of artifacts. */
class MlflowModelRegistryTest extends ModelRegistryContract {

    static final Path PYTHON = Path.of("../../target/python/mlflow-server");

    static final Path ONNX = Path.of("../../plugins/classifier-onnx/src/test/models/linear/model.onnx");

    @TempDir
    static Path serverFolder;

    private static MlflowServer server;
    private static MlflowModelRegistry registry;

    @BeforeAll
    static void connect() {
        server = MlflowServer.withFiles(PYTHON, serverFolder);
        registry = open(server.uri());
    }

    @AfterAll
    static void close() {
        if (server != null) {
            registry.close();
            server.close();
        }
    }

    static MlflowModelRegistry open(URI uri) {
        return new MlflowModelRegistry(
                new MlflowSettings(uri, uri, null, null, Duration.ofSeconds(60), Duration.ofSeconds(120), 3),
                InstantSource.system());
    }

    @Override
    protected ModelRegistry registry() {
        return registry;
    }

    @Test
    void aChangedOrMissingArtifactIsFound() throws IOException {
        String run = runWithFile("weights");
        Path stored = stored(run);
        Files.writeString(stored, "weighty");

        assertThat(failure(() -> registry.fetchArtifact(run, "model", folder.resolve("out"))))
                .hasMessageContaining("model/a.bin")
                .hasMessageContaining("SHA-256")
                .extracting(ControlRoomException::code)
                .isEqualTo(ErrorCode.ARTIFACT_INVALID);
        assertThat(folder.resolve("out/model/a.bin")).doesNotExist();
        assertThat(failure(() -> registry.verifyArtifact(run, "model"))).hasMessageContaining("is damaged");

        Files.delete(stored);
        assertThat(failure(() -> registry.verifyArtifact(run, "model")))
                .hasMessageContaining("is missing")
                .extracting(ControlRoomException::code)
                .isEqualTo(ErrorCode.ARTIFACT_INVALID);
    }

    @Test
    void checksumsAreThoseOfSha256sum() throws Exception {
        String run = runWithFile("weights");
        Path root = stored(run).getParent().getParent();
        Process check = new ProcessBuilder("sha256sum", "--check", "--strict", MlflowArtifacts.SUMS)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("model/a.bin: OK\n");
        assertThat(check.waitFor()).isZero();
    }

    @Test
    void aRunThatOthersMadeIsReadWithoutChecksums() throws IOException {
        String run = runWithFile("weights");
        Files.delete(stored(run).getParent().getParent().resolve(MlflowArtifacts.SUMS));

        assertThat(registry.fetchArtifact(run, "model", folder.resolve("out")).resolve("a.bin"))
                .hasContent("weights");
        assertThat(registry.fetchArtifact(run, "model/a.bin", folder.resolve("one")))
                .hasContent("weights");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logged", "without-a-run"})
    void aVersionThatPythonLoggedIsFetchedFromWhereMlflow3KeepsIt(String way) throws Exception {
        ModelVersion version = registry.version(registered(way), "1");
        assertThat(version.runId().isEmpty()).isEqualTo(way.equals("without-a-run"));

        Path fetched = registry.fetchModel(version, folder.resolve("out"));
        registry.verifyModel(version);

        assertThat(fetched.resolve("MLmodel")).content().contains("loader_module: mlflow.onnx");
        assertThat(fetched.resolve("model.onnx")).hasSameBinaryContentAs(ONNX);
        assertThat(fetched.resolve("extra/note.txt")).hasContent("from Python");
    }

    @Test
    void aVersionOfAnotherFolderOfItsRunIsFetchedFromThere() throws Exception {
        ModelVersion version = registry.version(registered("folder"), "1");

        assertThat(registry.fetchModel(version, folder.resolve("out")).resolve("model.onnx"))
                .hasSameBinaryContentAs(ONNX);
        registry.verifyModel(version);
    }

    @Test
    void ourOwnVersionIsFetchedWithItsChecksums() throws IOException {
        String run = runWithFile("weights");
        ModelVersion version = registry.registerVersion("own", run, Map.of());
        assertThat(registry.fetchModel(version, folder.resolve("out")).resolve("a.bin"))
                .hasContent("weights");

        Files.writeString(stored(run), "weighty");
        assertThat(failure(() -> registry.fetchModel(version, folder.resolve("again"))))
                .hasMessageContaining("is damaged");
        assertThat(failure(() -> registry.verifyModel(version))).hasMessageContaining("is damaged");
    }

    /** Lets Python register the model. @return its name, which is the way's */
    private static String registered(String way) throws Exception {
        python("register_onnx.py", server.uri().toString(), ONNX.toString(), way);
        return way;
    }

    /** Runs a program of this folder with the real mlflow. @return what it printed */
    static String python(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(PYTHON.resolve("bin/python").toString(), "-W", "ignore", "src/test/python/" + program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false");
        Process python = builder.start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        return printed;
    }

    @Test
    void aServerThatWasAwayIsAskedAgain() {
        String run = registry.startRun("e", "r", Map.of());
        server.stop();
        try {
            assertThat(failure(registry::ping))
                    .hasMessageContaining(server.uri().toString())
                    .hasMessageContaining("did not answer")
                    .extracting(ControlRoomException::code)
                    .isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
            assertThat(failure(() -> registry.run(run)).code()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
            assertThat(failure(() -> registry.fetchArtifact(run, "model", folder))
                            .code())
                    .isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        } finally {
            server.start();
        }
        registry.ping();
        registry.endRun(run, RunStatus.COMPLETED);
        assertThat(registry.run(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    private static ControlRoomException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ControlRoomException.class, call);
    }

    private String runWithFile(String content) throws IOException {
        String run = registry.startRun("e", "r", Map.of());
        registry.logArtifact(run, Files.writeString(folder.resolve("a.bin"), content), "model/a.bin");
        return run;
    }

    private static Path stored(String run) throws IOException {
        try (var files = Files.find(
                serverFolder.resolve("artifacts"),
                6,
                (path, attributes) -> path.endsWith(Path.of(run, "artifacts/model/a.bin")))) {
            return files.findFirst().orElseThrow();
        }
    }
}
