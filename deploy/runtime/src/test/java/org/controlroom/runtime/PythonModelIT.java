package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.controlroom.registry.mlflow.MlflowServer;
import org.junit.jupiter.api.Test;

/** A real MLflow server between this one and Python: each opens what the other put into production there. */
class PythonModelIT {
    private static final int PRODUCTS = 1_000;
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path ONNX = ROOT.resolve("plugins/classifier-onnx/src/test/models/linear");

    @Test
    void mlflowOpensTheVersionInProductionAndAVersionLoggedInPythonIsServed() throws Exception {
        PythonProgram mlflow = PythonProgram.of("mlflow", "python");
        Path folder = Files.createDirectories(TrainedServer.folder("mlflow"));
        try (MlflowServer registry = MlflowServer.withFiles(ROOT.resolve("target/python/mlflow-server"), folder);
                Distribution server = TrainedServer.copy("with-mlflow")
                        .with("CONTROLROOM_MLFLOW_URI", registry.uri().toString())) {
            // The registry is empty, so the start trains a first model and puts it into production there.
            server.start();
            theRunHasItsPictures(server, registry.uri());

            String printed = mlflow.run(
                    folder.resolve("open-model.log"),
                    Map.of("MLFLOW_TRACKING_URI", registry.uri().toString()),
                    "src/test/python/open_model.py",
                    "models:/rakuten_classifier@production",
                    "http://127.0.0.1:" + server.port(),
                    server.state().resolve("sample/X_train_update.csv").toString(),
                    String.valueOf(PRODUCTS));
            assertThat(printed).contains(PRODUCTS + " products", "labels are equal");

            aVersionLoggedInPythonIsServed(server, registry.uri(), folder);
        }
    }

    private static void theRunHasItsPictures(Distribution server, URI registry) {
        String run = production(server).path("run_id").asText();
        JsonNode listed = Distribution.read(Distribution.send(
                        HttpRequest.newBuilder(registry.resolve("/api/2.0/mlflow/artifacts/list?run_id=" + run)))
                .body());
        assertThat(listed.path("files").findValuesAsText("path"))
                .contains(
                        "class_names.json",
                        "confusion_matrix.png",
                        "confusion_matrix.json",
                        "class_distribution.png",
                        "class_distribution.json",
                        "calibration_plot.png",
                        "calibration_plot.json",
                        "risk_coverage.png",
                        "risk_coverage.json");
        HttpResponse<String> picture = server.get("/api/v1/runs/" + run + "/artifacts/confusion_matrix.png");
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
    }

    private static void aVersionLoggedInPythonIsServed(Distribution server, URI registry, Path folder)
            throws Exception {
        for (String plugin : List.of("lib-onnxruntime", "classifier-onnx")) {
            HttpResponse<String> installed = server.post(
                    "/api/v1/plugins",
                    "application/java-archive",
                    BodyPublishers.ofFile(Distribution.home().resolve("optional-plugins/" + plugin + ".jar")));
            assertThat(installed.statusCode()).as(installed.body()).isBetween(200, 299);
        }
        String labels = Files.readString(ONNX.resolve("model.properties"))
                .lines()
                .filter(line -> line.startsWith("labels="))
                .findFirst()
                .orElseThrow()
                .substring("labels=".length());
        String before = production(server).path("version").asText();
        PythonProgram python = PythonProgram.of("mlflow-server", "python");
        String silent = log(python, folder, registry, "");
        String says = log(python, folder, registry, labels);

        HttpResponse<String> refused = promote(server, silent);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("model.onnx", "labels", "docs/python.md");
        assertThat(production(server).path("version").asText()).isEqualTo(before);

        HttpResponse<String> promoted = promote(server, says);
        assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
        JsonNode answer = Distribution.read(
                server.post("/predict", "{\"designation\":\"chaise table\",\"description\":\"chaise\"}")
                        .body());
        assertThat(answer.path("model_version").asText()).isEqualTo(says);
        assertThat(answer.path("predicted_class").asInt()).isEqualTo(10);
    }

    private static String log(PythonProgram python, Path folder, URI registry, String labels) throws Exception {
        return python.run(
                        folder.resolve("register.log"),
                        Map.of(),
                        "-W",
                        "ignore",
                        ROOT.resolve("platform/registry-mlflow/src/test/python/register_onnx.py")
                                .toString(),
                        registry.toString(),
                        ONNX.resolve("model.onnx").toString(),
                        "logged",
                        "rakuten_classifier",
                        labels)
                .lines()
                .filter(line -> line.matches("\\d+"))
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> promote(Distribution server, String version) {
        return server.post(
                "/api/v1/models/rakuten_classifier/versions/" + version + "/promote",
                "{\"reason\":\"made in Python\"}");
    }

    private static JsonNode production(Distribution server) {
        return server.json("/api/v1/models/rakuten_classifier/versions/production");
    }
}
