package org.controlroom.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real MLflow server for tests, on a free port of the loopback address, from the Python environment that
 * {@code make test-tools} makes. It can be stopped and started again.
 */
public final class MlflowServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path log;
    private final int port;
    private final List<String> command;
    private final Map<String, String> environment;
    private final String ready;
    private Process process;

    private MlflowServer(Path log, int port, List<String> command, Map<String, String> environment, String ready) {
        this.log = log;
        this.port = port;
        this.command = command;
        this.environment = environment;
        this.ready = ready;
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-mlflow"));
        start();
    }

    /**
     * With SQLite and a folder of artifacts. The test is skipped where there is no such environment, and fails where CI is
     * true.
     *
     * @param python folder of the environment
     */
    public static MlflowServer withFiles(Path python, Path folder) {
        return withFiles(python, folder, Map.of());
    }

    /** The same with variables of its environment. */
    public static MlflowServer withFiles(Path python, Path folder, Map<String, String> environment) {
        return mlflow(
                python,
                folder,
                "sqlite:///" + folder.resolve("mlflow.db"),
                folder.resolve("artifacts").toString(),
                environment);
    }

    /** With a PostgreSQL database and artifacts in S3 storage. */
    public static MlflowServer withStores(
            Path python, Path folder, String store, String bucket, Map<String, String> s3) {
        return mlflow(python, folder, store, bucket, s3);
    }

    /** Moto, which answers as S3 does. */
    public static MlflowServer s3(Path python, Path folder) {
        int port = freePort();
        return new MlflowServer(
                folder.resolve("moto.log"),
                port,
                List.of(program(python, "moto_server"), "-H", "127.0.0.1", "-p", Integer.toString(port)),
                Map.of(),
                "/moto-api/");
    }

    private static MlflowServer mlflow(
            Path python, Path folder, String store, String artifacts, Map<String, String> more) {
        int port = freePort();
        Map<String, String> environment = new java.util.TreeMap<>(more);
        // Otherwise it is many processes more.
        environment.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        return new MlflowServer(
                folder.resolve("mlflow.log"),
                port,
                List.of(
                        program(python, "mlflow"),
                        "server",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--workers",
                        "1",
                        "--backend-store-uri",
                        store,
                        "--artifacts-destination",
                        artifacts,
                        "--serve-artifacts"),
                environment,
                "/health");
    }

    private static String program(Path python, String name) {
        Path program = python.resolve("bin").resolve(name).toAbsolutePath().normalize();
        boolean there = Files.isExecutable(program);
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(there)
                    .as(program + " is there; make test-tools makes it")
                    .isTrue();
        }
        assertThat(there).as(program + " must be there where CI is true").isTrue();
        return program.toString();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it, and returns when it answers. */
    public void start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError(command + " did not start: " + Files.readString(log));
                }
                Thread.sleep(100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(uri().resolve(ready))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it and what it started, without a goodbye. */
    public void stop() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** Lets it take connections and answer nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
        processes().forEach(each -> kill.add(Long.toString(each.pid())));
        try {
            assertThat(new ProcessBuilder(kill).inheritIO().start().waitFor())
                    .as(kill.toString())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private List<ProcessHandle> processes() {
        Process running = process;
        if (running == null) {
            return List.of();
        }
        List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
        all.add(running.toHandle());
        return all;
    }

    @Override
    public void close() {
        stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
