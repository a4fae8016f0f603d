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
import org.junit.jupiter.api.Test;

/** Two servers, each with a data folder of its own, on one PostgreSQL. */
class TwoNodesIT {

    private static final String PASSWORD = "geheim-4711";
    private static final int MISSED = 4;
    private static final int ROWS = 60_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String PRODUCT = "{\"designation\":\"livre de poche\"}";

    @Test
    void aScheduleHasOneRunATimeAndTheWorkOfADeadNodeGoesOnOnTheOther() throws Exception {
        try (PostgresServer postgres = PostgresServer.own(PASSWORD)) {
            String database = postgres.createDatabase();
            try (Distribution one = node(postgres, database, "one");
                    Distribution other = node(postgres, database, "other");
                    Connection connection = postgres.source(database).getConnection()) {
                one.start("--without-model");
                other.start("--without-model");
                everyFireTimeHasOneRun(one, connection);

                JsonNode trained = other.run("train-model", Map.of());
                assertThat(trained.path("outcome").path("promotion").asText())
                        .as(trained.toString())
                        .isEqualTo("promoted");
                theOtherNodeTakesUpWhatAKilledOneDid(one, other, connection);
            }
        }
    }

    private static Distribution node(PostgresServer postgres, String database, String name) {
        return new Distribution(TrainedServer.folder("node-" + name))
                .with("CONTROLROOM_DB_URL", postgres.url(database))
                .with("CONTROLROOM_DB_USER", PostgresServer.USER)
                .with("CONTROLROOM_DB_PASSWORD", PASSWORD)
                .with("CONTROLROOM_NODE_NAME", name)
                .with("CONTROLROOM_PIPELINES_LOST", "restart")
                .with("CONTROLROOM_PIPELINES_LOST_AFTER_SECONDS", "20");
    }

    /** Both nodes find the same minutes due at once, because their time is set back. */
    private static void everyFireTimeHasOneRun(Distribution node, Connection connection) throws SQLException {
        Path sample = TrainedServer.shared().state().resolve("sample");
        String schedule = Distribution.JSON
                .createObjectNode()
                .put("name", "minutely")
                .put("pipeline", "load-data")
                .put("cron", "* * * * *")
                .put("misfire", "all")
                .put("overlap", "queue")
                .set("parameters", Distribution.JSON.valueToTree(Map.of("folder", sample.toString())))
                .toString();
        assertThat(node.post("/api/v1/schedules", schedule).statusCode()).isEqualTo(201);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE schedules SET decided_until = decided_until - INTERVAL '" + MISSED
                    + " minutes' WHERE name = 'minutely'");
        }
        Distribution.await(
                "the missed times to be made up for",
                LIMIT,
                () -> count(connection, "SELECT count(*) FROM schedule_fires WHERE status = 'started'") >= MISSED);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE schedules SET enabled = FALSE");
        }
        Distribution.await(
                "all runs to end",
                LIMIT,
                () -> count(connection, "SELECT count(*) FROM pipeline_runs WHERE unfinished IS NOT NULL")
                                + count(connection, "SELECT count(*) FROM schedule_fires WHERE status = 'waiting'")
                        == 0);

        List<JsonNode> fires = node.all("/api/v1/schedules/minutely/fires");
        assertThat(fires)
                .hasSizeGreaterThanOrEqualTo(MISSED)
                .allSatisfy(fire -> assertThat(fire.path("status").asText()).isEqualTo("started"));
        assertThat(texts(fires, "fire_time")).doesNotHaveDuplicates();
        assertThat(texts(fires, "run_id")).doesNotHaveDuplicates();
        List<JsonNode> runs = node.all("/api/v1/pipelines/load-data/runs");
        assertThat(texts(runs, "id")).containsExactlyInAnyOrderElementsOf(texts(fires, "run_id"));
        assertThat(texts(runs, "status")).containsOnly("completed");
        assertThat(count(connection, "SELECT count(*) FROM products")).isEqualTo(TrainedServer.SAMPLE_ROWS);
    }

    private static void theOtherNodeTakesUpWhatAKilledOneDid(
            Distribution killed, Distribution other, Connection connection) throws IOException {
        String run = killed.startRun("load-data", Map.of("folder", rows().toString()));
        Distribution.await(
                "rows",
                LIMIT,
                () -> killed.json(run).path("steps").get(0).path("done").asLong() > 0);
        killed.kill();
        assertThat(count(connection, "SELECT count(*) FROM products")).isEqualTo(TrainedServer.SAMPLE_ROWS);

        List<Integer> answers = new ArrayList<>();
        Distribution.await("the run to be completed", LIMIT, () -> {
            answers.add(other.post("/predict", PRODUCT).statusCode());
            return other.json(run).path("status").asText().equals("completed");
        });

        assertThat(answers).containsOnly(200);
        JsonNode ended = other.json(run);
        assertThat(ended.path("owner").asText()).as(ended.toString()).isEqualTo("other");
        assertThat(other.get(run + "/log").body()).contains("taken up by node other");
        assertThat(count(connection, "SELECT count(*) FROM products")).isEqualTo(TrainedServer.SAMPLE_ROWS + ROWS);
        assertThat(count(connection, "SELECT count(*) FROM data_loads WHERE status <> 'completed'"))
                .isZero();
    }

    /** Enough that a kill comes in the middle, none of them in the sample. */
    private static Path rows() throws IOException {
        Path folder = TrainedServer.folder("two-nodes-rows");
        Files.createDirectories(folder);
        StringBuilder products = new StringBuilder(",designation,description,productid,imageid\n");
        StringBuilder labels = new StringBuilder(",prdtypecode\n");
        String description = "Une description assez longue pour une chaise. ".repeat(10);
        for (long i = 0; i < ROWS; i++) {
            products.append(i + ",Chaise " + i + "," + description + "," + (9_000_000_000_000L + i) + ",\n");
            labels.append(i + ",10\n");
        }
        Files.writeString(folder.resolve("X_train_update.csv"), products);
        Files.writeString(folder.resolve("Y_train_CVw08PX.csv"), labels);
        return folder;
    }

    private static List<String> texts(List<JsonNode> items, String field) {
        return items.stream().map(item -> item.path(field).asText()).toList();
    }

    private static long count(Connection connection, String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
