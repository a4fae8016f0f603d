package org.controlroom.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.ModelRegistryContract;
import org.controlroom.jdbc.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same contract on an MLflow server with PostgreSQL and artifacts in S3 storage. */
class MlflowModelRegistryOnStoresTest extends ModelRegistryContract {

    @TempDir
    static Path serverFolder;

    private static PostgresServer postgres;
    private static MlflowServer s3;
    private static MlflowServer server;
    private static MlflowModelRegistry registry;

    @BeforeAll
    static void connect() throws Exception {
        s3 = MlflowServer.s3(MlflowModelRegistryTest.PYTHON, serverFolder);
        postgres = PostgresServer.own("");
        HttpResponse<Void> made = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(s3.uri().resolve("/models"))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        assertThat(made.statusCode()).isEqualTo(200);
        URI database = URI.create(postgres.url(postgres.createDatabase()).substring("jdbc:".length()));
        server = MlflowServer.withStores(
                MlflowModelRegistryTest.PYTHON,
                serverFolder,
                "postgresql+psycopg2://" + PostgresServer.USER + "@" + database.getAuthority() + database.getPath(),
                "s3://models/artifacts",
                Map.of(
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "AWS_DEFAULT_REGION", "us-east-1",
                        "MLFLOW_S3_ENDPOINT_URL", s3.uri().toString()));
        registry = MlflowModelRegistryTest.open(server.uri());
    }

    @AfterAll
    static void close() {
        if (registry != null) {
            registry.close();
        }
        for (AutoCloseable each : new AutoCloseable[] {server, s3, postgres}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    protected ModelRegistry registry() {
        return registry;
    }
}
