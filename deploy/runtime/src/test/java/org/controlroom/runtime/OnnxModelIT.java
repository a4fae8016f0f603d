package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models made by scikit-learn and MiniLM in Python, imported, promoted and served. */
class OnnxModelIT {
    private static final int LINEAR = 1_000;

    /** Few, because each takes Python and the server some hundredths of a second. */
    private static final int SENTENCES = 150;

    @Test
    void modelsMadeInPythonAreImportedAndAnswerAsPythonDoes() throws Exception {
        PythonProgram python = PythonProgram.of("onnx", "python");
        Path sample = TrainedServer.shared().state().resolve("sample");
        Path models = Files.createDirectories(TrainedServer.folder("onnx-models"));
        python.run(
                models,
                "src/test/python/make_onnx.py",
                Path.of("../python").toAbsolutePath().normalize().toString(),
                sample.resolve("X_train_update.csv").toString(),
                sample.resolve("Y_train_CVw08PX.csv").toString(),
                models.toString(),
                String.valueOf(LINEAR),
                String.valueOf(SENTENCES));

        try (Distribution server = TrainedServer.copy("onnx")) {
            server.start();
            HttpResponse<String> wrong = server.post(
                    "/api/v1/models/rakuten_classifier/versions", "application/zip", BodyPublishers.ofString("no zip"));
            assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
            imported(server, models.resolve("linear"), "2", LINEAR);
            imported(server, models.resolve("sentences"), "3", SENTENCES);

            assertThat(server.post("/predict?explain=3", "{\"designation\":\"Piscine\"}")
                            .statusCode())
                    .isEqualTo(409);
            server.post("/api/v1/models/rakuten_classifier/rollback", "{\"reason\":\"enough\"}");
            assertThat(served(server)).isEqualTo("2");

            refused(server, models.resolve("linear"));
        }
    }

    private static void imported(Distribution server, Path model, String version, int products) throws Exception {
        Distribution.Outcome outcome = server.with("MODEL", model.toString()).command("import");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("Registered as rakuten_classifier " + version);
        HttpResponse<String> promoted = server.post(
                "/api/v1/models/rakuten_classifier/versions/" + version + "/promote",
                "{\"reason\":\"made in Python\"}");
        assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
        assertThat(served(server)).isEqualTo(version);

        JsonNode run = server.json("/api/v1/runs/"
                + server.json("/api/v1/models/rakuten_classifier/versions/" + version)
                        .path("run_id")
                        .asText());
        assertThat(run.path("metrics").path("f1_weighted").asDouble()).isBetween(0.1, 1.0);

        Path asked = model.resolveSibling(model.getFileName() + ".ndjson");
        List<String> answers = server.post("/predict/batch", "application/x-ndjson", BodyPublishers.ofFile(asked))
                .body()
                .lines()
                .toList();
        JsonNode expected = Distribution.read(Files.readString(model.resolveSibling(model.getFileName() + ".json")));
        assertThat(answers).hasSameSizeAs(expected).hasSize(products);
        int different = 0;
        for (int i = 0; i < products; i++) {
            JsonNode answer = Distribution.read(answers.get(i));
            assertThat(answer.path("model_version").asText()).isEqualTo(version);
            different +=
                    answer.path("predicted_class").asInt() == expected.get(i).asInt() ? 0 : 1;
        }
        assertThat(different).as("labels that Python gives otherwise").isZero();
    }

    private static String served(Distribution server) {
        HttpResponse<String> answer = server.post("/predict", "{\"designation\":\"Piscine\"}");
        return Distribution.read(answer.body()).path("model_version").asText();
    }

    /** An example that Python labels otherwise: nothing is registered. */
    private static void refused(Distribution server, Path model) throws Exception {
        Path examples = model.resolve("examples.json");
        String text = Files.readString(examples);
        Files.writeString(examples, text.replaceFirst("\"predicted_class\": \\d+", "\"predicted_class\": 1"));
        Distribution.Outcome outcome = server.with("MODEL", model.toString()).command("import");
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains("the model gives product 1 the label", "must be 1");
        assertThat(server.json("/api/v1/models/rakuten_classifier/versions").path("items"))
                .hasSize(3);
    }
}
