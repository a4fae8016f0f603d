package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Runs as other programs ask for them: once however often they ask, followed, told about, and finished after a kill. */
class RunRequestsIT {

    private static HttpResponse<String> start(Distribution server, String pipeline, String key, String body) {
        return Distribution.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/api/v1/pipelines/" + pipeline + "/runs"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aRequestThatComesAgainHasOneRunAndItsLogCanBeFollowed() {
        Distribution server = TrainedServer.shared();
        String folder = server.json("/api/v1/pipelines/load-data/runs?limit=1")
                .path("items")
                .path(0)
                .path("parameters")
                .path("folder")
                .asText();
        String body = "{\"parameters\":{\"folder\":\"" + folder + "\"}}";
        HttpResponse<String> first = start(server, "load-data", "monday", body);
        HttpResponse<String> again = start(server, "load-data", "monday", body);
        assertThat(first.statusCode()).describedAs(first.body()).isEqualTo(202);
        assertThat(again.statusCode()).describedAs(again.body()).isEqualTo(202);
        String run =
                URI.create(first.headers().firstValue("Location").orElseThrow()).getPath();
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(start(server, "load-data", "monday", "{\"parameters\":{\"percent\":\"50\"}}")
                        .statusCode())
                .isEqualTo(409);

        // The stream ends by itself when the run has.
        HttpResponse<String> stream = server.get(run + "/log/stream");
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(stream.body()).contains("event: line", "run started", "event: end", "\"status\":\"completed\"");
        HttpResponse<String> rest = Distribution.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + run + "/log/stream"))
                        .header("Last-Event-ID", "3"));
        assertThat(rest.body()).doesNotContain("run started").contains("id: 4");

        HttpResponse<String> repeated = server.post(run + "/again", "");
        assertThat(repeated.statusCode()).describedAs(repeated.body()).isEqualTo(202);
        JsonNode second = Distribution.read(repeated.body());
        assertThat(second.path("parameters")).isEqualTo(server.json(run).path("parameters"));
        server.awaitEnd("/api/v1/pipelines/load-data/runs/" + second.path("id").asText());
    }

    @Test
    void aWeeklyRunThatWasKilledIsTakenUpToItsEndAndItsCallbackIsSigned() throws Exception {
        Map<String, String> told = new ConcurrentHashMap<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.put(exchange.getRequestHeaders().getFirst("X-Control-Room-Signature"), body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try (Distribution server = TrainedServer.copy("killed-weekly")
                .with("CONTROLROOM_PIPELINES_LOST", "restart")
                .with("CONTROLROOM_PIPELINES_CALLBACK_SECRET", "only between us")) {
            server.start();
            int products = server.json("/api/v1/datasets/current/statistics")
                    .path("products")
                    .asInt();
            String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
            HttpResponse<String> started = start(
                    server,
                    "weekly",
                    "kill-me",
                    "{\"parameters\":{\"train.preset\":\"best\"},\"callback_url\":\"" + url + "\"}");
            assertThat(started.statusCode()).describedAs(started.body()).isEqualTo(202);
            String run = URI.create(started.headers().firstValue("Location").orElseThrow())
                    .getPath();
            Distribution.await(
                    "the training to begin",
                    Duration.ofMinutes(2),
                    () -> server.json(run).toString().contains("\"name\":\"fit-extractor\",\"status\":\"running\""));
            server.kill();
            assertThat(told).isEmpty();

            server.start();
            JsonNode end = server.awaitEnd(run);
            if (end.path("status").asText().equals("failed")) {
                // Found cut off, and not taken up yet.
                Distribution.await(
                        "the run to be taken up",
                        Duration.ofMinutes(2),
                        () -> !server.json(run).path("status").asText().equals("failed"));
                end = server.awaitEnd(run);
            }
            assertThat(end.path("status").asText()).describedAs(end.toString()).isEqualTo("completed");
            String made = end.path("outcome").path("dataset_version").asText();
            assertThat(made).matches("[0-9a-f]{16}");
            assertThat(server.json("/api/v1/models/rakuten_classifier/versions/"
                                    + end.path("outcome").path("model_version").asText())
                            .path("tags")
                            .path("dataset_version")
                            .asText())
                    .isEqualTo(made);
            assertThat(server.json("/api/v1/datasets/current/statistics")
                            .path("products")
                            .asInt())
                    .isEqualTo(products);
            Distribution.await(
                    "the callback",
                    Duration.ofMinutes(2),
                    () -> told.values().stream().anyMatch(body -> body.contains("\"status\":\"completed\"")));
            for (Map.Entry<String, String> each : told.entrySet()) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec("only between us".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                assertThat(each.getKey())
                        .isEqualTo("sha256="
                                + HexFormat.of()
                                        .formatHex(mac.doFinal(each.getValue().getBytes(StandardCharsets.UTF_8))));
            }
        } finally {
            receiver.stop(0);
        }
    }
}
