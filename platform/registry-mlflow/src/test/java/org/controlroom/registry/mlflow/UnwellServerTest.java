package org.controlroom.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is slow, broken or wants to know who asks. */
class UnwellServerTest {

    private static final String EXPERIMENTS = "{\"experiments\": []}";
    private static final String RUN =
            "{\"run\": {\"info\": {\"run_id\": \"r1\", \"experiment_id\": \"1\", \"artifact_uri\": \"%s\"}}}";

    @TempDir
    private Path folder;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile Answer answer = exchange -> respond(exchange, 200, EXPERIMENTS);

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            answer.to(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private MlflowModelRegistry registry(MlflowSettings.Credentials credentials, Duration timeout) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new MlflowModelRegistry(
                new MlflowSettings(uri, uri, credentials, null, timeout, timeout, 3), InstantSource.system());
    }

    @Test
    void aServerThatDoesNotAnswerIsLeftWhenTheTimeIsOver() {
        answer = exchange -> await();
        try (MlflowModelRegistry registry = registry(null, Duration.ofMillis(500))) {
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    registry::ping,
                    () -> registry.run("r1"),
                    () -> registry.startRun("e", "r", Map.of()),
                    () -> registry.versionByAlias("m", "production"))) {
                long start = System.nanoTime();
                assertThat(unavailable(call)).contains("did not answer within");
                assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                        .isBetween(400L, 5_000L);
            }
            answer = exchange -> respond(exchange, 200, EXPERIMENTS);
            registry.ping();
        }
    }

    @Test
    void aClientThatIsClosedAtItsLastMomentIsNotLentAgain() {
        answer = exchange -> {
            sleep(30);
            respond(exchange, 200, EXPERIMENTS);
        };
        try (MlflowModelRegistry registry = registry(null, Duration.ofMillis(30))) {
            for (int i = 0; i < 100; i++) {
                try {
                    registry.ping();
                } catch (ControlRoomException e) {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
                }
            }
        }
    }

    @Test
    void anArtifactThatStopsOnItsWayIsLeftWhenTheTimeIsOver() {
        answer = exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("runs/get")) {
                respond(exchange, 200, RUN.formatted("mlflow-artifacts:/1/r1/artifacts"));
            } else if (path.endsWith("artifacts/list")) {
                respond(exchange, 200, "{\"files\": [{\"path\": \"a.bin\", \"is_dir\": false}]}");
            } else {
                exchange.sendResponseHeaders(200, 1_000_000);
                exchange.getResponseBody().write(new byte[1_000]);
                exchange.getResponseBody().flush();
                await();
            }
        };
        try (MlflowModelRegistry registry = registry(null, Duration.ofMillis(800))) {
            assertThat(unavailable(() -> registry.fetchArtifact("r1", "a.bin", folder)))
                    .contains("did not answer within");
        }
    }

    @Test
    void anErrorOfTheServerIsAskedAgain() {
        answer = exchange -> respond(exchange, asked.size() < 3 ? 500 : 200, asked.size() < 3 ? "oh" : EXPERIMENTS);
        try (MlflowModelRegistry registry = registry(null, Duration.ofSeconds(20))) {
            assertThat(registry.experiments()).isEmpty();
        }
    }

    @Test
    void anErrorThatStaysIsToldWithItsStatus() {
        answer = exchange -> respond(exchange, 503, "<html>no upstream</html>");
        try (MlflowModelRegistry registry = registry(null, Duration.ofSeconds(20))) {
            assertThat(unavailable(registry::experiments))
                    .contains("answered 503")
                    .contains("no upstream");
        }
    }

    @Test
    void whatMakesSomethingNewIsSentOnce() {
        answer = exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean known = path.endsWith("experiments/get-by-name");
            respond(
                    exchange,
                    known ? 200 : 500,
                    known ? "{\"experiment\": {\"experiment_id\": \"1\", \"name\": \"e\"}}" : "oh");
        };
        try (MlflowModelRegistry registry = registry(null, Duration.ofSeconds(20))) {
            unavailable(() -> registry.startRun("e", "r", Map.of()));
        }
        assertThat(asked).filteredOn(one -> one.endsWith("runs/create")).hasSize(1);
    }

    @Test
    void aPageThatIsNoMlflowIsNamed() {
        answer = exchange -> respond(exchange, 200, "<html>sign in</html>");
        try (MlflowModelRegistry registry = registry(null, Duration.ofSeconds(20))) {
            assertThat(unavailable(() -> registry.version("m", "1")))
                    .contains("does not answer as MLflow does")
                    .contains("controlroom.mlflow.uri");
        }
    }

    @Test
    void userPasswordAndTokenAreSentWithEveryCall() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "a");
        answer = exchange -> {
            String path = exchange.getRequestURI().getPath();
            respond(
                    exchange,
                    200,
                    path.endsWith("runs/get") ? RUN.formatted("mlflow-artifacts:/1/r1/artifacts") : EXPERIMENTS);
        };
        try (MlflowModelRegistry registry =
                registry(new MlflowSettings.Basic("ann", "pässword"), Duration.ofSeconds(20))) {
            registry.ping();
            registry.logArtifact("r1", file, "a.txt");
        }
        assertThat(asked).anyMatch(one -> one.startsWith("PUT"));
        assertThat(authorizations).containsOnly("Basic YW5uOnDDpHNzd29yZA==");
        authorizations.clear();
        try (MlflowModelRegistry registry = registry(new MlflowSettings.Token("t0ken"), Duration.ofSeconds(20))) {
            registry.ping();
            registry.logArtifact("r1", file, "a.txt");
        }
        assertThat(authorizations).containsOnly("Bearer t0ken");
        assertThat(new MlflowSettings.Basic("ann", "secret").toString()).doesNotContain("secret");
        assertThat(new MlflowSettings.Token("secret").toString()).doesNotContain("secret");
    }

    @Test
    void whoIsNotLetInLearnsWhatToSet() {
        answer = exchange -> respond(exchange, 401, "");
        try (MlflowModelRegistry registry = registry(null, Duration.ofSeconds(20))) {
            assertThat(unavailable(registry::ping)).contains("401").contains("controlroom.mlflow.token");
        }
    }

    @Test
    void artifactsThatTheServerDoesNotPassOnAreRefusedWithWhatToDo() {
        answer = exchange -> respond(exchange, 200, RUN.formatted("s3://bucket/1/r1/artifacts"));
        try (MlflowModelRegistry registry = registry(null, Duration.ofSeconds(20))) {
            ControlRoomException failure =
                    catchThrowableOfType(ControlRoomException.class, () -> registry.artifacts("r1"));
            assertThat(failure).hasMessageContaining("s3://bucket").hasMessageContaining("--serve-artifacts");
            assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        }
    }

    private static String unavailable(ThrowingCallable call) {
        ControlRoomException failure = catchThrowableOfType(ControlRoomException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        return failure.getMessage();
    }

    private void await() {
        try {
            closing.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
