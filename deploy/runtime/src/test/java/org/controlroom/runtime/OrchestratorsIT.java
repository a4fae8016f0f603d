package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The DAG of deploy/airflow and the flow of deploy/prefect, run by the real packages against a real server. */
class OrchestratorsIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path ENVIRONMENTS = ROOT.resolve("target/python");
    private static final int LIMIT_MINUTES = 8;

    @Test
    void airflowRunsAWeekAndPrefectATraining() throws Exception {
        Path airflow = program("airflow", "airflow");
        Path prefect = program("prefect", "python");
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
                    "AIRFLOW_HOME", home.toString(),
                    "AIRFLOW__CORE__LOAD_EXAMPLES", "False",
                    "AIRFLOW__CORE__DAGS_FOLDER",
                            ROOT.resolve("deploy/airflow/dags").toString());
            run(server, folder.resolve("migrate.log"), settings, airflow.toString(), "db", "migrate");
            String week = run(
                    server,
                    folder.resolve("dag.log"),
                    settings,
                    airflow.toString(),
                    "dags",
                    "test",
                    "control_room_weekly");
            assertThat(week)
                    .contains("load-data.products: ", "generate-dataset.train_rows: ", "train-model.f1_weighted: ");
            for (String pipeline : List.of("load-data", "generate-dataset", "train-model")) {
                assertThat(only(server, pipeline).path("status").asText()).isEqualTo("completed");
            }

            String training = run(
                    server,
                    folder.resolve("flow.log"),
                    Map.of(
                            "PREFECT_HOME", folder.resolve("prefect").toString(),
                            "PREFECT_SERVER_ANALYTICS_ENABLED", "false",
                            "DO_NOT_TRACK", "1"),
                    prefect.toString(),
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

    private static Path program(String environment, String name) {
        Path program = ENVIRONMENTS.resolve(environment).resolve("bin").resolve(name);
        boolean there = Files.isExecutable(program);
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(there)
                    .as(program + " is there; make test-tools installs it")
                    .isTrue();
        }
        assertThat(there).as(program + " must be there where CI is true").isTrue();
        return program;
    }

    /** @return what it printed */
    private static String run(Distribution server, Path log, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONPATH", ROOT.resolve("deploy/python").toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("CONTROL_ROOM_URL", "http://127.0.0.1:" + server.port());
        Process process = builder.start();
        boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String printed = Files.readString(log);
        assertThat(ended).as(List.of(command) + " ended: " + printed).isTrue();
        assertThat(process.exitValue())
                .as(List.of(command) + " printed: " + printed)
                .isZero();
        return printed;
    }
}
