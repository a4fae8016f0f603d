package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server that is killed in the middle of its work. */
class KillIT {
    private static final int CLIENTS = 8;
    private static final int BEFORE_THE_KILL = 1_500;

    @Test
    void noAnsweredPredictionIsLostWhenTheServerIsKilled() throws Exception {
        try (Distribution server = TrainedServer.copy("killed").asForUsers()) {
            server.start();
            int already = server.all("/api/v1/predictions").size();
            Queue<String> answered = new ConcurrentLinkedQueue<>();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                Thread client = new Thread(() -> predictUntilItBreaks(server, number, answered));
                client.start();
                clients.add(client);
            }
            Distribution.await("predictions", Duration.ofMinutes(2), () -> answered.size() > BEFORE_THE_KILL);
            server.kill();
            for (Thread client : clients) {
                client.join();
            }

            assertThat(answered).hasSizeGreaterThan(BEFORE_THE_KILL).doesNotHaveDuplicates();

            server.start();
            // what the kill left pending has been written by the start
            assertThat(idsInTheLog(server.state().resolve("monitoring"))).containsAll(answered);
            Distribution.await(
                    "the log to be in the database",
                    Duration.ofMinutes(2),
                    () -> ids(server).containsAll(answered));
            // exactly once: neither the ingestion before the kill nor the one after it may write a row twice
            List<String> all = server.all("/api/v1/predictions").stream()
                    .map(row -> row.path("id").asText())
                    .toList();
            assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(already + answered.size());
        }
    }

    @Test
    void aTrainingThatWasKilledGoesOnAtTheStepItHadReached() throws Exception {
        try (Distribution server = TrainedServer.copy("killed-training")) {
            server.start();
            String run = server.startRun("train-model", Map.of("preset", "best"));
            Distribution.await(
                    "the classifier to be trained",
                    Duration.ofMinutes(2),
                    () -> step(server.json(run), "train-classifier")
                            .path("status")
                            .asText()
                            .equals("running"));
            JsonNode before = server.json(run);
            server.kill();

            server.start();
            JsonNode cutOff = server.json(run);
            assertThat(cutOff.path("status").asText()).isEqualTo("failed");
            assertThat(cutOff.path("error").asText()).isNotBlank();
            String registryRun = "/api/v1/runs/"
                    + cutOff.path("outcome").path("registry_run").asText();
            assertThat(server.json(registryRun).path("status").asText()).isEqualTo("failed");
            assertThat(server.json(registryRun)
                            .path("tags")
                            .path("pipeline.reason")
                            .asText())
                    .isEqualTo(cutOff.path("error").asText());
            HttpResponse<String> restarted = server.post(run + "/restart", "");
            assertThat(restarted.statusCode()).describedAs(restarted.body()).isEqualTo(202);
            JsonNode after = server.awaitEnd(run);

            assertThat(after.path("status").asText())
                    .describedAs(after.toString())
                    .isEqualTo("completed");
            assertThat(step(after, "fit-extractor")).isEqualTo(step(before, "fit-extractor"));
            assertThat(step(after, "train-classifier").path("attempts").asInt()).isEqualTo(2);
            assertThat(step(after, "promote").path("attempts").asInt()).isEqualTo(1);
            assertThat(after.path("outcome").path("model_version").asText()).isEqualTo("2");
            assertThat(after.path("outcome").path("registry_run"))
                    .isEqualTo(cutOff.path("outcome").path("registry_run"));
            assertThat(server.json(registryRun).path("status").asText()).isEqualTo("completed");
        }
    }

    private static JsonNode step(JsonNode run, String name) {
        for (JsonNode step : run.path("steps")) {
            if (step.path("name").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + run);
    }

    private static void predictUntilItBreaks(Distribution server, int client, Queue<String> answered) {
        for (int i = 0; ; i++) {
            String body = "{\"designation\":\"client " + client + " produit " + i
                    + "\",\"description\":\"avec \\\"guillemets\\\", virgule\\net ligne\"}";
            HttpResponse<String> response;
            try {
                response = server.post("/predict", body);
            } catch (UncheckedIOException e) {
                return; // the kill
            }
            assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
            JsonNode answer = Distribution.read(response.body());
            answered.add(answer.path("prediction_id").asText());
        }
    }

    private static Set<String> ids(Distribution server) {
        Set<String> ids = new HashSet<>();
        server.all("/api/v1/predictions").forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }

    /** The second column of every row; texts are quoted, so that no other line can look like this. */
    private static Set<String> idsInTheLog(Path monitoring) throws Exception {
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.list(monitoring)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".csv")).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                java.util.regex.Matcher matcher = java.util.regex.Pattern.compile(
                                "(?m)^[^,\"\n]+,\"?(pred_[^,\"]+)\"?,")
                        .matcher(text);
                while (matcher.find()) {
                    ids.add(matcher.group(1));
                }
            }
        }
        return ids;
    }
}
