package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.controlroom.registry.mlflow.MlflowServer;
import org.junit.jupiter.api.Test;

/**
 * A real MLflow server as registry, from the move into it over its failures under load to a version that somebody puts into
 * production there.
 */
class MlflowIT {

    private static final Path PYTHON = Path.of("../../target/python/mlflow-server");
    private static final String MODEL = "/api/v1/models/rakuten_classifier";
    private static final String PRODUCT = "{\"designation\":\"livre de poche pour la piscine\"}";
    private static final String SECRET = "what both know";
    private static final int CONNECTIONS = 32;

    /** What MLflow needs to call an address of this machine, and to read its secrets again after a restart. */
    private static final Map<String, String> WEBHOOKS = Map.of(
            "MLFLOW_WEBHOOK_ALLOWED_SCHEMES", "http,https",
            "MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "true",
            "MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    @Test
    void servingNeverDependsOnItNothingIsLostAndItsAliasIsFollowed() throws Exception {
        Path folder = Files.createDirectories(TrainedServer.folder("mlflow-server"));
        CompletableFuture<MlflowServer> starting =
                CompletableFuture.supplyAsync(() -> MlflowServer.withFiles(PYTHON, folder, WEBHOOKS));
        try (Distribution server = TrainedServer.copy("mlflow");
                MlflowServer mlflow = get(starting)) {
            server.with("CONTROLROOM_MLFLOW_URI", mlflow.uri().toString())
                    .with("CONTROLROOM_MLFLOW_TIMEOUT_SECONDS", "3")
                    .with("CONTROLROOM_PIPELINES_RETRY_ATTEMPTS", "1")
                    // so that what goes live at once does so by the webhook
                    .with("CONTROLROOM_REGISTRY_POLL_SECONDS", "300")
                    .with("CONTROLROOM_REGISTRY_WEBHOOK_SECRET", SECRET)
                    .start("--without-model");
            callUs(mlflow, server);
            theRegistryMovesIn(server, mlflow);
            server.get("/ui/");
            server.get("/ui/training");
            try (Load load = new Load(server)) {
                aTrainingIsParkedWhileNothingIsAnsweredAndGoesOnAfterwards(server, mlflow);
                mlflow.stop();
                itIsDegraded(server);
                load.end();
                System.out.println("load with MLflow frozen and killed: " + load);
                assertThat(load.wrong).isEmpty();
                assertThat(load.percentile(0.99)).isLessThan(Duration.ofSeconds(1));
            }
            server.stop();
            server.start();
            assertThat(versionThatAnswers(server)).isEqualTo("1");
            itIsDegraded(server);
            mlflow.start();
            Distribution.await(
                    "everything to be well",
                    Duration.ofSeconds(30),
                    () -> state(server).equals("healthy"));
            anAliasThatIsMovedThereGoesLiveAtOnce(server, mlflow);
        }
    }

    /** Skips the test as {@link MlflowServer} does where there is none. */
    private static MlflowServer get(CompletableFuture<MlflowServer> starting) throws Exception {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException skipped) {
                throw skipped;
            }
            throw e;
        }
    }

    private static void callUs(MlflowServer mlflow, Distribution server) {
        ask(
                mlflow,
                "webhooks",
                "{\"name\":\"control-room\",\"url\":\"" + server.address("/api/v1/registry/webhook")
                        + "\",\"secret\":\"" + SECRET
                        + "\",\"events\":[{\"entity\":\"MODEL_VERSION_ALIAS\",\"action\":\"CREATED\"}]}");
    }

    private static void theRegistryMovesIn(Distribution server, MlflowServer mlflow) {
        Distribution.Outcome refused =
                server.with("FROM", "embedded").with("TO", "ftp://nowhere").command("migrate-registry");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("must be embedded or the address of an MLflow server");
        Distribution.Outcome moved = server.with("TO", mlflow.uri().toString()).command("migrate-registry");
        assertThat(moved.exitCode()).as(moved.output()).isZero();
        assertThat(moved.output()).containsPattern("Copied and compared: [1-9]\\d* runs, [1-9]\\d* artifact files");
        Distribution.await(
                "the version that came into production there",
                Duration.ofSeconds(30),
                () -> server.get("/health/ready").statusCode() == 200);
        assertThat(versionThatAnswers(server)).isEqualTo("1");
        assertThat(state(server)).isEqualTo("healthy");
    }

    private static void aTrainingIsParkedWhileNothingIsAnsweredAndGoesOnAfterwards(
            Distribution server, MlflowServer mlflow) {
        String path = server.startRun("train-model", Map.of("preset", "original", "seed", "5", "promote", "never"));
        Distribution.await(
                "the training",
                Duration.ofMinutes(1),
                () -> server.json(path).path("status").asText().equals("running"));
        mlflow.freeze();
        itIsDegraded(server);
        JsonNode parked = server.awaitEnd(path);
        assertThat(parked.path("error_code").asText()).as(parked.toString()).isEqualTo("REGISTRY_UNAVAILABLE");
        Duration wait = Duration.between(
                Instant.parse(parked.path("ended_at").asText()),
                Instant.parse(parked.path("waits_until").asText()));
        assertThat(wait).as("how long it may wait").isEqualTo(Duration.ofDays(7));
        assertThat(server.get("/ui/training-pipeline?id=" + parked.path("id").asText())
                        .body())
                .contains("id=\"run-waits\"");
        mlflow.thaw();
        Distribution.await(
                path + " to go on by itself",
                Duration.ofMinutes(1),
                () -> server.json(path).path("status").asText().equals("completed"));
        assertThat(server.json(path).path("outcome").path("model_version").asText())
                .isEqualTo("2");
        assertThat(versionThatAnswers(server)).isEqualTo("1");
    }

    /** The health check says so and why, and the pages still open quickly and say it too. */
    private static void itIsDegraded(Distribution server) {
        Distribution.await(
                "the failure to be known",
                Duration.ofSeconds(15),
                () -> state(server).equals("degraded"));
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        JsonNode status = server.json("/api/v1/status");
        assertThat(status.path("status").asText()).isEqualTo("degraded");
        assertThat(status.path("registry").path("error").asText()).contains("MLflow at", "did not answer");
        for (String page : List.of("/ui/", "/ui/training", "/ui/registry")) {
            Instant start = Instant.now();
            String body = server.get(page).body();
            assertThat(Duration.between(start, Instant.now())).as(page).isLessThan(Duration.ofSeconds(2));
            assertThat(body).as(page).contains("did not answer");
        }
        assertThat(server.get("/ui/registry").body())
                .as("our own database knows what was live")
                .contains("id=\"history\"");
    }

    private static void anAliasThatIsMovedThereGoesLiveAtOnce(Distribution server, MlflowServer mlflow) {
        ask(
                mlflow,
                "registered-models/alias",
                "{\"name\":\"rakuten_classifier\",\"alias\":\"production\",\"version\":\"2\"}");
        Distribution.await(
                "version 2",
                Duration.ofSeconds(20),
                () -> versionThatAnswers(server).equals("2"));
        Distribution.await(
                "the history",
                Duration.ofSeconds(20),
                () -> newest(server).path("version").asText().equals("2"));
        JsonNode newest = newest(server);
        assertThat(newest.path("actor").asText()).isEqualTo("registry");
        assertThat(newest.path("reason").asText()).contains(mlflow.uri().toString());
        assertThat(newest.path("replaced").asText()).isEqualTo("1");
        Distribution.await(
                "the figure",
                Duration.ofSeconds(20),
                () -> server.get("/metrics")
                        .body()
                        .contains("rakuten_model_info{stage=\"Production\",version=\"2\"} 1"));
        assertThat(registryCheck(server).path("production").asText()).isEqualTo("2");
    }

    private static JsonNode newest(Distribution server) {
        return server.json(MODEL + "/deployments").path("items").path(0);
    }

    private static void ask(MlflowServer mlflow, String path, String body) {
        URI uri = mlflow.uri().resolve("/api/2.0/mlflow/" + path);
        HttpResponse<String> answer = Distribution.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String versionThatAnswers(Distribution server) {
        return Distribution.read(server.post("/predict", PRODUCT).body())
                .path("model_version")
                .asText();
    }

    private static String state(Distribution server) {
        return registryCheck(server).path("state").asText();
    }

    private static JsonNode registryCheck(Distribution server) {
        for (JsonNode check : Distribution.read(server.get("/health").body()).path("checks")) {
            if (check.path("name").asText().equals("registry")) {
                return check.path("data");
            }
        }
        throw new AssertionError("no check of the registry in /health");
    }

    /** As many clients as a busy server has, which leave the machine time for the rest. */
    private static final class Load implements AutoCloseable {
        private static final long PAUSE_MS = 20;

        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Thread> clients = new ArrayList<>();
        private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        final List<String> wrong = Collections.synchronizedList(new ArrayList<>());

        Load(Distribution server) {
            for (int i = 0; i < CONNECTIONS; i++) {
                Thread client = new Thread(() -> ask(server));
                client.start();
                clients.add(client);
            }
        }

        private void ask(Distribution server) {
            while (!ended.get()) {
                long start = System.nanoTime();
                try {
                    HttpResponse<String> answer = server.post("/predict", PRODUCT);
                    if (answer.statusCode() != 200) {
                        wrong.add(answer.statusCode() + " " + answer.body());
                    }
                    nanos.add(System.nanoTime() - start);
                    Thread.sleep(PAUSE_MS);
                } catch (RuntimeException e) {
                    wrong.add(e.toString());
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        Duration percentile(double share) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return Duration.ofNanos(sorted.get((int) (share * (sorted.size() - 1))));
        }

        void end() throws InterruptedException {
            ended.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }

        @Override
        public void close() {
            ended.set(true);
        }

        @Override
        public String toString() {
            return nanos.size() + " answers, p50 " + percentile(0.5).toMillis() + " ms, p99 "
                    + percentile(0.99).toMillis() + " ms, longest "
                    + percentile(1).toMillis() + " ms";
        }
    }
}
