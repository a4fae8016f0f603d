package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The registered model, opened by the real mlflow package. */
class PythonModelIT {
    private static final int PRODUCTS = 1_000;

    @Test
    void mlflowOpensTheModelAndAnswersAsTheServerDoes() throws Exception {
        PythonProgram python = PythonProgram.of("mlflow", "python");
        Distribution server = TrainedServer.shared();
        Path catalogue = server.state().resolve("sample").resolve("X_train_update.csv");

        String printed = python.run(
                TrainedServer.folder("open-model"),
                "src/test/python/open_model.py",
                model(server).toString(),
                "http://127.0.0.1:" + server.port(),
                catalogue.toString(),
                String.valueOf(PRODUCTS));

        assertThat(printed).contains(PRODUCTS + " products", "labels are equal");
    }

    private static Path model(Distribution server) throws Exception {
        try (Stream<Path> files = Files.walk(server.state().resolve("registry"))) {
            List<Path> models =
                    files.filter(file -> file.endsWith("model/MLmodel")).toList();
            assertThat(models).as("models in the registry").hasSize(1);
            return models.get(0).getParent();
        }
    }
}
