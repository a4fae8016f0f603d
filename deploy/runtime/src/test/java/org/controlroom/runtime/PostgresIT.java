package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.jdbc.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole product on a real PostgreSQL, chosen by configuration alone. */
class PostgresIT {
    private static final String PASSWORD = "geheim-4711";
    private static final int ROWS = 100_000;

    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = PostgresServer.own(PASSWORD);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    private static Distribution server(String name, String url) {
        return new Distribution(TrainedServer.folder(name))
                .with("CONTROLROOM_DB_URL", url)
                .with("CONTROLROOM_DB_USER", PostgresServer.USER)
                .with("CONTROLROOM_DB_PASSWORD", PASSWORD);
    }

    private static Path sample() {
        return TrainedServer.shared().state().resolve("sample");
    }

    @Test
    void everythingIsInTheDatabaseAndThereAfterAKill() throws Exception {
        String database = postgres.createDatabase();
        Path config = Files.createTempFile("control-room-", ".properties");
        Files.writeString(config, """
                controlroom.db.url=%s
                controlroom.db.user=%s
                controlroom.db.password=%s
                controlroom.load.folder=%s
                controlroom.load.initial-percent=40
                controlroom.load.step-percent=45
                """.formatted(postgres.url(database), PostgresServer.USER, PASSWORD, sample()));
        try (Distribution server = new Distribution(TrainedServer.folder("postgres"))) {
            String[] options = {"--without-model", "--config", config.toString()};
            server.start(options);
            JsonNode first = server.run("load-data", Map.of());
            assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("completed");
            JsonNode trained = server.run("train-model", Map.of());
            assertThat(trained.path("status").asText()).as(trained.toString()).isEqualTo("completed");
            List<String> predictions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                predictions.add(Distribution.read(server.post("/predict", "{\"designation\":\"livre " + i + "\"}")
                                .body())
                        .path("prediction_id")
                        .asText());
            }
            Distribution.await(
                    "the log to be in the database",
                    Duration.ofMinutes(2),
                    () -> ids(server, "/api/v1/predictions").containsAll(predictions));
            server.kill();

            server.start(options);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
            JsonNode second = server.run("load-data", Map.of());
            assertThat(second.path("parameters").path("percent").asText()).isEqualTo("85");
            server.run("load-data", Map.of());
            assertThat(server.json("/api/v1/datasets/current/statistics")
                            .path("products")
                            .asInt())
                    .isEqualTo(TrainedServer.SAMPLE_ROWS);
            assertThat(ids(server, "/api/v1/predictions")).containsAll(predictions);
            assertThat(server.all("/api/v1/pipelines/train-model/runs")).hasSize(1);
            assertThat(server.all("/api/v1/pipelines/load-data/runs")).hasSize(3);
            assertThat(server.all("/api/v1/models/rakuten_classifier/versions")).hasSize(1);
            assertThat(server.get("/ui/").statusCode()).isEqualTo(200);
            assertThat(server.get("/ui/dataset").statusCode()).isEqualTo(200);

            assertThat(number(database, "SELECT count(*) FROM products")).isEqualTo(TrainedServer.SAMPLE_ROWS);
            // three loads and a training: the batch runtime keeps its jobs there too
            assertThat(number(database, "SELECT count(*) FROM jbatchjobinstancedata"))
                    .isEqualTo(4);
            assertThat(server.state().resolve("database")).isEmptyDirectory();
            assertNoPassword(server);
        } finally {
            Files.delete(config);
        }
    }

    @Test
    void aWrongPasswordIsToldWithAddressAndUserAndNotRepeated() throws Exception {
        String url = postgres.url(postgres.createDatabase());
        try (Distribution server = server("postgres-password", url).with("CONTROLROOM_DB_PASSWORD", "falsch-0815")) {
            Distribution.Outcome outcome = server.command("start", "--without-model");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output())
                    .contains(url, "'" + PostgresServer.USER + "'", "controlroom.db.password")
                    .doesNotContain("falsch-0815");
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsToldWithItsAddress() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + Distribution.freePort() + "/rakuten";
        try (Distribution server = server("postgres-down", url + "?loginTimeout=5&password=hush")) {
            Distribution.Outcome outcome = server.command("start", "--without-model");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output())
                    .contains(url, "start the database")
                    .doesNotContain(PASSWORD)
                    .doesNotContain("hush");
        }
    }

    @Test
    void aLoadGoesOnWhenTheDatabaseWasAwayForAMoment() throws Exception {
        String database = postgres.createDatabase();
        Path folder = big();
        try (Distribution server = server("postgres-away", postgres.url(database))) {
            server.start("--without-model");
            String run = server.startRun("load-data", Map.of("folder", folder.toString()));
            Distribution.await("rows", Duration.ofMinutes(2), () -> units(server.json(run)) > 0);
            // a load is one transaction, and it is not over yet
            assertThat(number(database, "SELECT count(*) FROM products")).isZero();
            postgres.shutDown();
            try {
                Distribution.await(
                        "the server to miss its database",
                        Duration.ofMinutes(1),
                        () -> !reachable(server, "database") && !reachable(server, "job_repository"));
                assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            } finally {
                postgres.startUp();
            }

            JsonNode ended = server.awaitEnd(run);
            assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
            assertThat(number(database, "SELECT count(*) FROM products")).isEqualTo(ROWS);
            assertThat(number(database, "SELECT count(*) FROM labels")).isEqualTo(ROWS);
        }
    }

    private static boolean reachable(Distribution server, String part) {
        return server.json("/api/v1/status").path(part).path("reachable").asBoolean();
    }

    /** Enough rows that the database goes away in the middle of them. */
    private static Path big() throws IOException {
        Path folder = TrainedServer.folder("postgres-rows");
        Files.createDirectories(folder);
        StringBuilder products = new StringBuilder(",designation,description,productid,imageid\n");
        StringBuilder labels = new StringBuilder(",prdtypecode\n");
        String description = "Une description assez longue pour une chaise. ".repeat(10);
        for (int i = 0; i < ROWS; i++) {
            products.append(i + ",Chaise " + i + "," + description + "," + (1_000 + i) + ",\n");
            labels.append(i + "," + (i % 2 == 0 ? 10 : 2280) + "\n");
        }
        Files.writeString(folder.resolve("X_train_update.csv"), products);
        Files.writeString(folder.resolve("Y_train_CVw08PX.csv"), labels);
        return folder;
    }

    private static long units(JsonNode run) {
        return run.path("steps")
                .get(0)
                .path("done")
                .asLong(run.path("steps").get(0).path("units_done").asLong());
    }

    private static List<String> ids(Distribution server, String path) {
        return server.all(path).stream().map(row -> row.path("id").asText()).toList();
    }

    private static long number(String database, String sql) throws SQLException {
        try (Connection connection = postgres.source(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void assertNoPassword(Distribution server) throws IOException {
        try (var logs = Files.list(server.state().resolve("log"))) {
            for (Path log : logs.toList()) {
                assertThat(Files.readString(log)).as(log.toString()).doesNotContain(PASSWORD);
            }
        }
        assertThat(server.get("/api/v1/configuration").body()).doesNotContain(PASSWORD);
    }
}
