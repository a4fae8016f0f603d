package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every expression of dashboards and rules, asked of a real Prometheus that has watched the running distribution. */
class MonitoringIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void everyExpressionIsValidAndEveryPanelAndRecordingRuleShowsData() throws Exception {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "prometheus")));
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(there)
                    .as("prometheus is on the path; require.sh prometheus installs it")
                    .isTrue();
        }
        assertThat(there).as("prometheus must be on the path where CI is true").isTrue();

        int port = Distribution.freePort();
        try (Distribution server = TrainedServer.copy("monitored")) {
            server.start();
            Path folder = configure(server);
            Process prometheus = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + folder.resolve("prometheus.yml"),
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            try {
                watch(server, port);
            } finally {
                prometheus.destroy();
                if (!prometheus.waitFor(20, TimeUnit.SECONDS)) {
                    prometheus.destroyForcibly();
                }
            }
        }
    }

    private static void watch(Distribution server, int port) {
        Distribution.await("the first scrape", Duration.ofMinutes(1), () -> {
            List<JsonNode> up = ask(port, "up == 1");
            return !up.isEmpty();
        });
        // Rates need two scrapes with traffic between them, and the recording rules an evaluation after that.
        server.run("train-model", Map.of("preset", "original"));
        Map<String, String> open = expressions(port);
        assertThat(open).hasSizeGreaterThan(50);
        Distribution.await("data for every panel and recording rule", Duration.ofMinutes(2), () -> {
            for (String title : List.of("Piscine tubulaire", "Roman policier", "Chaise de bureau")) {
                server.post("/predict", "{\"designation\":\"" + title + "\"}");
            }
            server.post("/predict", "{");
            open.values().removeIf(expression -> !ask(port, expression).isEmpty());
            return open.isEmpty();
        });
        for (JsonNode rule : rules(port, "alerting")) {
            assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
            ask(port, rule.path("query").asText());
        }
    }

    /** Panels and recording rules, by where they stand. */
    private static Map<String, String> expressions(int port) {
        Map<String, String> expressions = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("grafana/dashboards"))) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode panel : Distribution.read(Files.readString(file)).path("panels")) {
                    for (JsonNode target : panel.path("targets")) {
                        expressions.put(
                                file.getFileName() + " " + panel.path("title") + " " + target.path("refId"),
                                target.path("expr").asText().replace("$__rate_interval", "1m"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rules(port, "recording")
                .forEach(rule -> expressions.put(
                        "rule " + rule.path("name").asText(), rule.path("name").asText()));
        return expressions;
    }

    private static List<JsonNode> rules(int port, String type) {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group : get(port, "rules").path("groups")) {
            group.path("rules").forEach(rule -> {
                if (rule.path("type").asText().equals(type)) {
                    rules.add(rule);
                }
            });
        }
        return rules;
    }

    private static List<JsonNode> ask(int port, String expression) {
        List<JsonNode> result = new ArrayList<>();
        get(port, "query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result")
                .forEach(result::add);
        return result;
    }

    /** The data of an answer; Prometheus refuses an expression that is not valid. */
    private static JsonNode get(int port, String path) {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() == 503) {
                // Up, and still reading its storage.
                return Distribution.JSON.createObjectNode();
            }
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
            return Distribution.read(answer.body()).path("data");
        } catch (java.net.ConnectException e) {
            // Not up yet.
            return Distribution.JSON.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A copy of prometheus/ that scrapes this server once a second. */
    private static Path configure(Distribution server) throws IOException {
        Path folder = TrainedServer.folder("prometheus");
        Files.createDirectories(folder.resolve("rules"));
        for (String rules : List.of("recording.yml", "alerts.yml")) {
            Files.copy(
                    ROOT.resolve("prometheus/rules").resolve(rules),
                    folder.resolve("rules").resolve(rules));
        }
        Files.writeString(
                folder.resolve("prometheus.yml"),
                Files.readString(ROOT.resolve("prometheus/prometheus.yml"))
                        .replace("127.0.0.1:8000", "127.0.0.1:" + server.port())
                        .replace("5s", "1s")
                        .replace("4s", "1s"));
        return folder;
    }
}
