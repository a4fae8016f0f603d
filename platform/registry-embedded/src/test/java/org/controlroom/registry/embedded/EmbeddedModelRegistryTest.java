package org.controlroom.registry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.ModelRegistryContract;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedModelRegistryTest extends ModelRegistryContract {

    private JdbcConnectionPool pool;

    @Override
    protected ModelRegistry registry() {
        pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("registry-db") + ";DB_CLOSE_DELAY=-1", "sa", "");
        return new EmbeddedModelRegistry(pool, folder.resolve("registry"), InstantSource.system());
    }

    @AfterEach
    void close() throws SQLException {
        shutdown();
        pool.dispose();
    }

    @Test
    void aFlippedBitInAnArtifactIsFound() throws IOException {
        ModelRegistry registry = registry();
        String run = runWithFile(registry, "weights");
        Path stored = folder.resolve("registry/artifacts").resolve(run).resolve("model/a.bin");
        byte[] bytes = Files.readAllBytes(stored);
        bytes[3] ^= 1;
        Files.write(stored, bytes);

        ControlRoomException failure = catchThrowableOfType(
                ControlRoomException.class, () -> registry.fetchArtifact(run, "model", folder.resolve("out")));
        assertThat(failure.code()).isEqualTo(ErrorCode.ARTIFACT_INVALID);
        assertThat(failure).hasMessageContaining(stored.toString()).hasMessageContaining("SHA-256");
        assertThat(folder.resolve("out/model/a.bin")).doesNotExist();
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> registry.verifyArtifact(run, "model")))
                .hasMessage(failure.getMessage());

        Files.delete(stored);
        assertThat(catchThrowableOfType(
                        ControlRoomException.class, () -> registry.fetchArtifact(run, "model", folder.resolve("out"))))
                .hasMessageContaining("is missing");
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> registry.verifyArtifact(run, "model")))
                .hasMessageContaining("is missing");
    }

    @Test
    void everythingIsThereAfterARestartAndLeftoversAreNot() throws IOException {
        ModelRegistry before = registry();
        String run = runWithFile(before, "weights");
        before.registerVersion("m", run, Map.of());
        before.setAlias("m", "production", "1");
        Path leftover = Files.createDirectories(folder.resolve("registry/staging/half"));
        pool.dispose();

        ModelRegistry after = registry();

        assertThat(after.versionByAlias("m", "production")).isPresent();
        assertThat(after.fetchArtifact(run, "model", folder.resolve("out")).resolve("a.bin"))
                .hasContent("weights");
        assertThat(leftover).doesNotExist();
    }

    @Test
    void filesThatAKillLeftBeforeTheirRowsMakeRoomForTheNextTry() throws IOException {
        ModelRegistry registry = registry();
        String run = registry.startRun("e", "r", Map.of());
        Path left = folder.resolve("registry/artifacts").resolve(run).resolve("model/half.bin");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "half");
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("a.bin"), "weights");

        registry.logArtifact(run, source, "model");

        assertThat(registry.artifacts(run)).containsExactly("model/a.bin");
        try (Stream<Path> files = Files.walk(folder.resolve("registry/artifacts"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .containsExactly(left.resolveSibling("a.bin"))
                    .allSatisfy(file -> assertThat(file).hasContent("weights"));
        }
    }

    @Test
    void aFailedDatabaseLeavesNoFiles() throws Exception {
        ModelRegistry registry = registry();
        String run = registry.startRun("e", "r", Map.of());
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE registry_artifacts");
            statement.execute("CREATE TABLE registry_artifacts (run_id VARCHAR(32), path VARCHAR(1000),"
                    + " location VARCHAR(3), byte_count BIGINT, sha256 VARCHAR(64))");
        }
        Path source = Files.writeString(folder.resolve("a.bin"), "weights");

        assertThat(catchThrowableOfType(
                        ControlRoomException.class, () -> registry.logArtifact(run, source, "model/a.bin")))
                .isNotNull();
        try (Stream<Path> files = Files.walk(folder.resolve("registry"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailableUntilItIsBack() {
        AtomicBoolean gone = new AtomicBoolean();
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("registry-db"), "sa", "");
        DataSource source = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, values) -> {
                    if (gone.get()) {
                        throw new SQLException("connection refused", "08001");
                    }
                    return method.invoke(pool, values);
                });
        ModelRegistry registry = new EmbeddedModelRegistry(source, folder.resolve("registry"), InstantSource.system());
        gone.set(true);

        assertThat(catchThrowableOfType(ControlRoomException.class, registry::ping))
                .hasMessage("ask registry: the database did not answer (connection refused)")
                .extracting(ControlRoomException::code)
                .isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        gone.set(false);
        registry.ping();
    }

    private String runWithFile(ModelRegistry registry, String content) throws IOException {
        String run = registry.startRun("e", "r", Map.of());
        registry.logArtifact(run, Files.writeString(folder.resolve("a.bin"), content), "model/a.bin");
        return run;
    }

    private void shutdown() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
