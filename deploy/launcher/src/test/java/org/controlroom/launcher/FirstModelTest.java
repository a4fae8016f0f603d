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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of the test's own that answers as the REST contract says. */
class FirstModelTest {
    @TempDir
    Path folder;

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer http;

    private record Reply(int status, String body, String location) {}

    @BeforeEach
    void listen() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
        reply("GET /health/ready", 503, "{}", "");
        reply("GET /api/v1/models", 200, "{\"items\":[]}", "");
        reply("POST /api/v1/pipelines/load-data/runs", 202, "{}", "/api/v1/runs/1");
        reply("GET /api/v1/runs/1", 200, "{\"status\":\"completed\",\"steps\":[]}", "");
        reply("POST /api/v1/pipelines/train-model/runs", 202, "{}", "/api/v1/runs/2");
        reply("GET /api/v1/runs/2", 200, "{\"status\":\"completed\",\"steps\":[]}", "");
        reply("POST /predict", 200, "{\"predicted_class\":2583,\"model_name\":\"m\",\"model_version\":\"1\"}", "");
    }

    @AfterEach
    void close() {
        http.stop(0);
    }

    @Test
    void withoutAModelASampleIsGeneratedLoadedAndTrainedOn() throws IOException {
        FirstModel model = model(null);

        model.ensure();
        model.show(Duration.ofSeconds(3));

        assertThat(requests)
                .containsSubsequence(
                        "POST /api/v1/pipelines/load-data/runs {\"parameters\":{\"folder\":\""
                                + folder.resolve("sample") + "\"}}",
                        "POST /api/v1/pipelines/train-model/runs {\"parameters\":{\"preset\":\"default\"}}");
        assertThat(folder.resolve("sample/X_train_update.csv")).isNotEmptyFile();
        assertThat(text())
                .contains("2583")
                .contains("ready after 3 s with m version 1")
                .contains("/docs");
    }

    @Test
    void nothingIsLoadedWhileTheRegistryCannotSayWhetherThereIsAModel() {
        reply("GET /api/v1/models", 503, "{\"title\":\"Registry unavailable\",\"detail\":\"no answer\"}", "");
        reply("GET /api/v1/status", 200, "{\"model\":{\"last_failure\":{\"reason\":\"the copy is damaged\"}}}", "");

        assertThatThrownBy(() -> model(null).ensure())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no answer")
                .hasMessageContaining("the copy is damaged");

        assertThat(requests).noneMatch(request -> request.startsWith("POST"));
        assertThat(folder.resolve("sample")).doesNotExist();
    }

    @Test
    void aConfiguredFolderIsTheFirstCatalogueAndNoSampleComesBesideIt() throws IOException {
        reply("GET /api/v1/loads/next", 200, "{\"folder\":\"/data/shop\",\"loaded_percent\":0.0}", "");

        model(null).ensure();

        assertThat(requests)
                .containsSubsequence(
                        "POST /api/v1/pipelines/load-data/runs {\"parameters\":{}}",
                        "POST /api/v1/pipelines/train-model/runs {\"parameters\":{\"preset\":\"default\"}}");
        assertThat(folder.resolve("sample")).doesNotExist();
        assertThat(text()).contains("/data/shop");
    }

    @Test
    void aPortionOfTheConfiguredFolderThatIsLoadedIsTrainedOnAsItIs() throws IOException {
        reply("GET /api/v1/loads/next", 200, "{\"folder\":\"/data/shop\",\"loaded_percent\":43.0}", "");

        model(null).ensure();

        assertThat(requests).noneMatch(request -> request.startsWith("POST /api/v1/pipelines/load-data"));
        assertThat(requests).anyMatch(request -> request.startsWith("POST /api/v1/pipelines/train-model"));
        assertThat(folder.resolve("sample")).doesNotExist();
    }

    @Test
    void dataThatIsNamedComesBeforeTheConfiguredFolder() throws IOException {
        reply("GET /api/v1/loads/next", 200, "{\"folder\":\"/data/shop\",\"loaded_percent\":0.0}", "");
        Path data = Files.createDirectory(folder.resolve("data"));

        model(data).ensure();

        assertThat(requests)
                .contains("POST /api/v1/pipelines/load-data/runs {\"parameters\":{\"folder\":\"" + data + "\"}}");
    }

    @Test
    void aNodeWithOneRoleIsLeftWithoutAFirstModel() {
        reply("GET /api/v1/status", 200, "{\"roles\":[\"serve\"]}", "");
        assertThat(model(null).isForThisNode()).isFalse();
        reply("GET /api/v1/status", 200, "{\"roles\":[\"serve\",\"pipelines\"]}", "");
        assertThat(model(null).isForThisNode()).isTrue();
    }

    @Test
    void aModelThatIsLiveIsUsedWithoutTraining() throws IOException {
        reply("GET /health/ready", 200, "{}", "");

        model(null).ensure();

        assertThat(requests).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void otherDataThanTheModelHadIsSaidWithTheWayToLoadIt() throws IOException {
        reply("GET /health/ready", 200, "{}", "");
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("X_train_update.csv"), "x");
        Files.writeString(data.resolve("Y_train_CVw08PX.csv"), "y");

        model(data).ensure();

        assertThat(requests).noneMatch(request -> request.startsWith("POST"));
        assertThat(text()).contains("other data").contains("make load-data DATA=" + data);
    }

    @Test
    void aLoadThatFailsIsReportedWithItsProblem() {
        reply("GET /api/v1/runs/1", 200, "{\"status\":\"failed\",\"steps\":[],\"error\":\"catalogue: no rows\"}", "");

        assertThatThrownBy(() -> model(null).ensure())
                .isInstanceOf(LaunchException.class)
                .hasMessage("load-data failed: catalogue: no rows");
    }

    @Test
    void aModelThatIsNotGoodEnoughForProductionEndsWithTheReason() {
        http.removeContext("/");
        http.createContext("/", this::answerWithoutPromotion);
        reply(
                "GET /api/v1/runs/2",
                200,
                "{\"status\":\"completed\",\"outcome\":{\"decision\":\"F1 0.41 is below 0.75\"}}",
                "");

        assertThatThrownBy(() -> model(null).ensure())
                .isInstanceOf(LaunchException.class)
                .hasMessage("the trained model did not go live: decision: F1 0.41 is below 0.75");
    }

    @Test
    void aModelThatCannotBeActivatedEndsWithTheReason() {
        reply("GET /api/v1/models", 200, "{\"items\":[{}]}", "");
        reply(
                "GET /api/v1/status",
                200,
                "{\"model\":{\"loaded\":false,\"last_failure\":{\"version\":\"3\",\"reason\":\"plugin missing\"}}}",
                "");

        assertThatThrownBy(() -> model(null).ensure())
                .isInstanceOf(LaunchException.class)
                .hasMessage("model version 3 cannot go live: plugin missing");
    }

    @Test
    void aRefusedStartIsReportedWithAllFields() {
        reply(
                "POST /api/v1/pipelines/train-model/runs",
                422,
                "{\"title\":\"Settings invalid\",\"errors\":[{\"field\":\"preset\",\"message\":\"unknown\"}]}",
                "");

        assertThatThrownBy(() -> model(null).ensure())
                .isInstanceOf(LaunchException.class)
                .hasMessage("train-model could not be started: Settings invalid; preset unknown");
    }

    @Test
    void aFieldThatTheDetailNamesIsNotToldTwice() {
        reply(
                "POST /api/v1/pipelines/train-model/runs",
                422,
                "{\"title\":\"Settings invalid\",\"detail\":\"train-model: seed: 'x' is no number\","
                        + "\"errors\":[{\"field\":\"seed\",\"message\":\"'x' is no number\"}]}",
                "");

        assertThatThrownBy(() -> model(null).ensure())
                .hasMessage("train-model could not be started: Settings invalid: train-model: seed: 'x' is no number");
    }

    @Test
    void aPresetThatDoesNotExistIsRefusedBeforeAnythingIsLoaded() {
        reply("GET /api/v1/pipelines/train-model/form", 200, "{\"presets\":[{\"name\":\"best\"}]}", "");

        assertThatThrownBy(() -> model(null).ensure())
                .isInstanceOf(LaunchException.class)
                .hasMessage("PRESET=default; must be one of [best]");
        assertThat(requests).noneMatch(request -> request.startsWith("POST"));
    }

    @Test
    void aFirstLoadWithoutAFolderSaysWhichVariableNamesOne() {
        reply("GET /api/v1/loads/next", 404, "{\"title\":\"Not found\",\"detail\":\"no folder is configured\"}", "");

        assertThatThrownBy(() -> model(null).loadFirst(null))
                .isInstanceOfSatisfying(
                        LaunchException.class,
                        e -> assertThat(e.remedy()).contains("make init-db DATA=/path/to/folder"))
                .hasMessageContaining("no folder is configured");
    }

    private FirstModel model(@org.jspecify.annotations.Nullable Path data) {
        Options options =
                new Options(folder, http.getAddress().getPort(), folder, data, null, 200, "default", false, false);
        StateFolder state = new StateFolder(folder);
        Terminal terminal = new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
        Server server = Server.attached(ProcessHandle.current(), state);
        return new FirstModel(options, state, new Api("127.0.0.1", options.port()), server, terminal);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void reply(String request, int status, String body, String location) {
        replies.put(request, new Reply(status, body, location));
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/api/v1/runs/2")) {
            // what a completed training leads to
            reply("GET /health/ready", 200, "{}", "");
        }
        answerWithoutPromotion(exchange);
    }

    private void answerWithoutPromotion(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add((request + " " + body).strip());
        Reply reply = replies.getOrDefault(request, new Reply(404, "{}", ""));
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        if (!reply.location().isEmpty()) {
            exchange.getResponseHeaders().add("Location", reply.location());
        }
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
