package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From nothing to a served prediction, as a user sees it. */
class WholeWayIT {
    private static final String POOL =
            "{\"designation\":\"Piscine tubulaire hors sol avec pompe de filtration\",\"description\":\"eau, bassin, chlore\"}";

    @Test
    void theFirstStartLoadsASampleTrainsPredictsAndSaysWhereToGo() {
        Distribution.Outcome first = TrainedServer.firstRun();

        assertThat(first.output())
                .contains("Generated a sample catalogue of " + TrainedServer.SAMPLE_ROWS + " products")
                .contains("load-data  step")
                .contains("train-model  step")
                .contains("POST /predict")
                .contains("\"predicted_class\":2583")
                .contains("Control Room is ready")
                .contains("/ui/")
                .contains("/docs");
    }

    @Test
    void aSecondStartIsReadyWithTheModelItHad() throws Exception {
        try (Distribution server = TrainedServer.copy("second-start")) {
            Distribution.Outcome second = server.start();

            assertThat(second.output()).contains("Control Room is ready").doesNotContain("train-model");
            assertThat(server.all("/api/v1/models")).hasSize(1);
            assertThat(server.all("/api/v1/pipelines/train-model/runs")).hasSize(1);

            assertThat(server.command("status").exitCode()).isZero();
            server.stop();
            assertThat(server.command("status").exitCode()).isEqualTo(3);
            assertThat(Files.exists(server.state().resolve("server.pid"))).isFalse();
        }
    }

    @Test
    void aPredictionHasTheContractOfTheOriginal() {
        Distribution server = TrainedServer.shared();

        HttpResponse<String> response = server.post("/predict", POOL);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = Distribution.read(response.body());
        assertThat(answer.path("predicted_class").asInt()).isEqualTo(2583);
        assertThat(answer.path("prediction_id").asText()).startsWith("pred_");
        assertThat(answer.path("model_name").asText()).isEqualTo("rakuten_classifier");
        assertThat(answer.path("model_version").asText()).isEqualTo("1");
        assertThat(answer.path("probabilities")).hasSize(5);
        List<Double> probabilities = new ArrayList<>();
        answer.path("probabilities").forEach(value -> probabilities.add(value.asDouble()));
        assertThat(probabilities).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(answer.path("confidence").asDouble()).isEqualTo(probabilities.get(0));
        assertThat(answer.path("probabilities").fieldNames().next()).isEqualTo("2583");
    }

    @Test
    void theModelIsGoodOnTheSampleAndBetterThanTheBaseline() {
        Distribution server = TrainedServer.shared();

        JsonNode version = server.all("/api/v1/models").get(0);
        JsonNode metrics =
                server.json("/api/v1/runs/" + version.path("run_id").asText()).path("metrics");

        assertThat(metrics.path("f1_weighted").asDouble())
                .describedAs(metrics.toString())
                .isBetween(0.80, 0.97);
    }

    @Test
    void everyAddressThatTheStartNamesAnswers() {
        Distribution server = TrainedServer.shared();

        for (String path : List.of(
                "/ui/",
                "/docs",
                "/docs/",
                "/health",
                "/health/live",
                "/health/ready",
                "/health/started",
                "/metrics",
                "/mpmetrics",
                "/openapi",
                "/api/v1/status",
                "/api/v1/models",
                "/api/v1/runs",
                "/api/v1/plugins",
                "/api/v1/loads",
                "/api/v1/datasets",
                "/api/v1/predictions",
                "/api/v1/pipelines")) {
            int status = server.get(path).statusCode();
            assertThat(status).describedAs(path).isIn(200, 302, 303);
        }
        assertThat(server.get("/metrics").body())
                .contains("rakuten_predictions_total")
                .contains("rakuten_prediction_latency_seconds_bucket")
                .contains("rakuten_model_info");
    }

    @Test
    void theServerListensOnTheLoopbackAddressOnly() throws Exception {
        Distribution server = TrainedServer.shared();
        String hexPort = String.format("%04X", server.port());

        List<String> listening = new ArrayList<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] parts = line.strip().split("\\s+");
                if (parts.length > 3 && parts[3].equals("0A") && parts[1].endsWith(":" + hexPort)) {
                    listening.add(parts[1]);
                }
            }
        }
        assertThat(listening)
                .isNotEmpty()
                .allMatch(address ->
                        address.startsWith("0100007F") || address.startsWith("0000000000000000FFFF00000100007F"));
    }
}
