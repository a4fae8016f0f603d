package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One server of the assembled distribution, driven by nothing but its command and its HTTP routes. */
final class Distribution implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Duration COMMAND_LIMIT = Duration.ofMinutes(6);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path home;
    private final Path state;
    private final Map<String, String> environment = new HashMap<>();

    private int port;

    Distribution(Path state) {
        this(home(), state);
    }

    /** @param home a copy of the distribution */
    Distribution(Path home, Path state) {
        this.home = home;
        this.state = state;
        this.port = freePort();
        // The second compiler and the first visits would take most of the processor time of a server that lives for a
        // minute.
        environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        environment.put("CONTROLROOM_UI_FIRST_VISITS", "false");
    }

    /** What a command printed and how it ended. */
    record Outcome(int exitCode, String output) {}

    static Path home() {
        return Path.of(Objects.requireNonNull(
                System.getProperty("controlroom.distribution"), "run by failsafe, which names the distribution"));
    }

    Path state() {
        return state;
    }

    int port() {
        return port;
    }

    void setPort(int port) {
        this.port = port;
    }

    Distribution with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** With both compilers, and each page opened once after the start. */
    Distribution asForUsers() {
        environment.remove("JDK_JAVA_OPTIONS");
        environment.remove("CONTROLROOM_UI_FIRST_VISITS");
        return this;
    }

    Distribution withData(Path folder) {
        return with("DATA", folder.toString());
    }

    /** {@code control-room COMMAND}, to its end. */
    Outcome command(String... command) {
        List<String> line = new ArrayList<>();
        line.add(home.resolve("bin").resolve("control-room").toString());
        line.addAll(List.of(command));
        Path output;
        try {
            output = Files.createTempFile("control-room-", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("PORT", String.valueOf(port));
            builder.environment().put("STATE", state.toString());
            Process process = builder.start();
            if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                process.waitFor();
                throw new AssertionError(line + " did not end in " + COMMAND_LIMIT + ": " + Files.readString(output));
            }
            Outcome outcome = new Outcome(process.exitValue(), Files.readString(output));
            Files.delete(output);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it and fails with what it printed if it does not come up. */
    Outcome start(String... options) {
        List<String> command = new ArrayList<>(List.of("start"));
        command.addAll(List.of(options));
        Outcome outcome = command(command.toArray(String[]::new));
        assertThat(outcome.exitCode()).describedAs(outcome.output()).isZero();
        return outcome;
    }

    void stop() {
        Outcome outcome = command("stop");
        assertThat(outcome.exitCode()).describedAs(outcome.output()).isZero();
    }

    ProcessHandle process() {
        try {
            String pid = Files.readString(state.resolve("server.pid")).split(" ")[0];
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code kill -9} does. */
    void kill() {
        ProcessHandle process = process();
        process.destroyForcibly();
        process.onExit().join();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address(path)).GET());
    }

    HttpResponse<String> request(String method, String path) {
        return send(HttpRequest.newBuilder(address(path)).method(method, BodyPublishers.noBody()));
    }

    JsonNode json(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode())
                .describedAs(path + ": " + response.body())
                .isEqualTo(200);
        return read(response.body());
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, "application/json", BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String path, String type, HttpRequest.BodyPublisher body) {
        return send(HttpRequest.newBuilder(address(path))
                .header("Content-Type", type)
                .POST(body));
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a run of a pipeline and answers it when it has ended, however it ended. */
    JsonNode run(String pipeline, Map<String, String> parameters) {
        return awaitEnd(startRun(pipeline, parameters));
    }

    /** Starts a run of a pipeline. @return its path */
    String startRun(String pipeline, Map<String, String> parameters) {
        HttpResponse<String> started = post(
                "/api/v1/pipelines/" + pipeline + "/runs",
                JSON.createObjectNode()
                        .set("parameters", JSON.valueToTree(parameters))
                        .toString());
        assertThat(started.statusCode()).describedAs(started.body()).isEqualTo(202);
        return address("/")
                .resolve(started.headers().firstValue("Location").orElseThrow())
                .getPath();
    }

    /** The run at the path once it has ended, however it ended. */
    JsonNode awaitEnd(String path) {
        JsonNode[] run = new JsonNode[1];
        await(path + " to end", Duration.ofMinutes(3), () -> {
            run[0] = json(path);
            return List.of("completed", "failed", "cancelled")
                    .contains(run[0].path("status").asText());
        });
        return run[0];
    }

    /** All items of a list that is paged by cursor, in pages of 100 or of the limit in the path. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String first = path.contains("limit=") ? path : path + (path.contains("?") ? "&" : "?") + "limit=100";
        String next = "";
        do {
            JsonNode page = json(first
                    + (next.isEmpty()
                            ? ""
                            : "&cursor=" + java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8)));
            page.path("items").forEach(items::add);
            next = page.path("next").asText("");
            if (page.path("next").isNull()) {
                next = "";
            }
        } while (!next.isEmpty());
        return items;
    }

    static void await(String what, Duration limit, BooleanSupplier condition) {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited " + limit + " for " + what);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server if it runs; what a test left behind is kept for looking at. */
    @Override
    public void close() {
        command("stop");
    }
}
