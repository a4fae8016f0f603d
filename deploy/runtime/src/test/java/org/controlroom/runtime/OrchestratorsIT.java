package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The DAG of deploy/airflow and the flow of deploy/prefect, run by the real packages against a real server. */
class OrchestratorsIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void airflowRunsAWeekAndPrefectATraining() throws Exception {
        PythonProgram airflow = PythonProgram.of("airflow", "airflow");
        PythonProgram prefect = PythonProgram.of("prefect", "python");
        Path sample = TrainedServer.shared().state().resolve("sample");
        Path folder = Files.createDirectories(TrainedServer.folder("orchestrated"));
        try (Distribution server = new Distribution(folder.resolve("state"))
                .with("CONTROLROOM_LOAD_FOLDER", sample.toString())
                .with("CONTROLROOM_LOAD_INITIAL_PERCENT", "90")) {
            server.start("--without-model");
            assertThat(server.json("/api/v1/pipelines/load-data/runs").path("items"))
                    .isEmpty();

            Path home = folder.resolve("airflow");
            Map<String, String> settings = Map.of(
                    "CONTROL_ROOM_URL",
                    "http://127.0.0.1:" + server.port(),
                    "AIRFLOW_HOME",
                    home.toString(),
                    "AIRFLOW__CORE__LOAD_EXAMPLES",
                    "False",
                    "AIRFLOW__CORE__DAGS_FOLDER",
                    ROOT.resolve("deploy/airflow/dags").toString());
            airflow.run(folder.resolve("migrate.log"), settings, "db", "migrate");
            String week = airflow.run(folder.resolve("dag.log"), settings, "dags", "test", "control_room_weekly");
            assertThat(week)
                    .contains("load-data.products: ", "generate-dataset.train_rows: ", "train-model.f1_weighted: ");
            for (String pipeline : List.of("load-data", "generate-dataset", "train-model")) {
                assertThat(only(server, pipeline).path("status").asText()).isEqualTo("completed");
            }
            String made = only(server, "generate-dataset")
                    .path("outcome")
                    .path("dataset_version")
                    .asText();
            assertThat(made).isNotEmpty();
            assertThat(only(server, "train-model")
                            .path("parameters")
                            .path("dataset")
                            .asText())
                    .isEqualTo(made);

            String training = prefect.run(
                    folder.resolve("flow.log"),
                    Map.of(
                            "CONTROL_ROOM_URL",
                            "http://127.0.0.1:" + server.port(),
                            "PREFECT_HOME",
                            folder.resolve("prefect").toString(),
                            "PREFECT_SERVER_ANALYTICS_ENABLED",
                            "false",
                            "DO_NOT_TRACK",
                            "1"),
                    ROOT.resolve("deploy/prefect/control_room_training.py").toString());
            assertThat(training).contains("train-model.model_version: 2", "train-model.promotion: ");
            assertThat(server.json("/api/v1/models").path("items")).hasSize(2);
        }
    }

    private static JsonNode only(Distribution server, String pipeline) {
        JsonNode runs = server.json("/api/v1/pipelines/" + pipeline + "/runs").path("items");
        assertThat(runs).as("runs of " + pipeline).hasSize(1);
        return runs.get(0);
    }
}
