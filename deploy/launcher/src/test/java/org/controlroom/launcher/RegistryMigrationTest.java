package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of the test's own that answers as the REST contract says. */
class RegistryMigrationTest {
    private static final Map<String, String> ASKED = Map.of("FROM", "embedded", "TO", "http://127.0.0.1:5000");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private volatile String run = "{}";
    private HttpServer http;

    @BeforeEach
    void listen() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    @AfterEach
    void close() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean start = exchange.getRequestMethod().equals("POST");
        exchange.getResponseHeaders().add("Location", "/api/v1/pipelines/migrate-registry/runs/7");
        byte[] body = run.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(start ? 202 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void atTheEndItSaysWhatWasThereAlready() {
        run = """
                {"status":"completed","steps":[],"outcome":{"runs":"12","runs_copied":"2","runs_verified":"12",
                 "files_verified":"40","versions":"3","versions_copied":"3","versions_verified":"3"}}""";

        migration().run(ASKED);

        assertThat(text())
                .contains("If this is cut off, the same command goes on where it ended")
                .contains("12 runs (10 there already), 40 artifact files by their SHA-256, 3 versions\n")
                .contains("set controlroom.mlflow.uri=http://127.0.0.1:5000");
    }

    @Test
    void whoeverSeesItFailOrEndsItLearnsThatTheSameCommandGoesOn() {
        run = "{\"status\":\"failed\",\"error\":\"MLflow did not answer\",\"steps\":[]}";

        assertThatThrownBy(() -> migration().run(ASKED))
                .isInstanceOfSatisfying(
                        LaunchException.class,
                        e -> assertThat(e.remedy()).contains("The same command goes on where it ended", "/runs/7"))
                .hasMessageContaining("MLflow did not answer");
        assertThat(RegistryMigration.farewell("http://host/7"))
                .contains("The server goes on with it: http://host/7")
                .contains("The same command goes on where it ended");
    }

    private RegistryMigration migration() {
        Terminal terminal = new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
        Api api = new Api("127.0.0.1", http.getAddress().getPort());
        return new RegistryMigration(api, terminal, Server.attached(ProcessHandle.current(), new StateFolder(folder)));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
