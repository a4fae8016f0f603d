package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A data folder on a small file system that fills up. Mounting one takes root; without it the test is skipped. */
class DiskFullIT {
    private static final int SIZE_MB = 160;

    private Path folder = Path.of("unset");
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        folder = TrainedServer.folder("disk-full");
        Files.createDirectories(folder);
        String refused = sh("mount -t tmpfs -o size=" + SIZE_MB + "m tmpfs '" + folder + "'");
        mounted = refused.isEmpty();
        if (!mounted && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("no tmpfs can be mounted here: " + refused);
        }
        assumeTrue(mounted, "no tmpfs can be mounted here: " + refused);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            new Distribution(folder.resolve("state")).command("stop");
            assertThat(sh("umount '" + folder + "'")).isEmpty();
        }
    }

    @Test
    void aFullDiskLosesNothingThatWasAcceptedAndEndsWhenThereIsRoomAgain() throws Exception {
        Distribution server = TrainedServer.copy("disk-full/state");
        server.start();
        String accepted =
                Distribution.read(predict(server).body()).path("prediction_id").asText();

        Path filler = folder.resolve("filler");
        fill(filler);
        Distribution.await(
                "a refusal", Duration.ofMinutes(1), () -> predict(server).statusCode() != 200);
        HttpResponse<String> refused = predict(server);
        assertThat(refused.statusCode()).describedAs(refused.body()).isEqualTo(507);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");

        Files.delete(filler);
        Distribution.await(
                "predictions again",
                Duration.ofMinutes(1),
                () -> predict(server).statusCode() == 200);
        Distribution.await(
                "the accepted prediction in the database",
                Duration.ofMinutes(1),
                () -> server.get("/api/v1/predictions/" + accepted).statusCode() == 200);
        JsonNode kept = server.json("/api/v1/predictions/" + accepted);
        assertThat(kept.path("designation").asText()).isEqualTo("disque plein");
    }

    @Test
    void aTrainingThatTheFullDiskEndsIsFailedAndTheNextOneRunsWithoutARestart() throws Exception {
        Distribution server = TrainedServer.copy("disk-full/state");
        server.start();
        String cutOff = server.startRun("train-model", Map.of());
        Distribution.await(
                "the training to run",
                Duration.ofMinutes(1),
                () -> server.json(cutOff)
                        .path("steps")
                        .get(0)
                        .path("status")
                        .asText()
                        .equals("running"));

        Path filler = folder.resolve("filler");
        fill(filler);
        Distribution.await(
                "the run to fail, or to be unable to say so",
                Duration.ofMinutes(3),
                () -> !isRunning(server, cutOff) && isRefusedInWords(server));
        Files.delete(filler);
        Distribution.await(
                "the database", Duration.ofMinutes(1), () -> server.get(cutOff).statusCode() == 200);

        JsonNode failed = server.awaitEnd(cutOff);
        assertThat(failed.path("status").asText())
                .describedAs(failed.toString())
                .isEqualTo("failed");
        Distribution.await(
                "a healthy node",
                Duration.ofMinutes(1),
                () -> server.json("/api/v1/status").path("status").asText().equals("healthy"));
        JsonNode next = server.run("train-model", Map.of());
        assertThat(next.path("status").asText()).describedAs(next.toString()).isEqualTo("completed");
    }

    private static boolean isRunning(Distribution server, String run) {
        HttpResponse<String> answer = server.get(run);
        return answer.statusCode() == 200
                && List.of("queued", "running")
                        .contains(
                                Distribution.read(answer.body()).path("status").asText());
    }

    private static boolean isRefusedInWords(Distribution server) {
        HttpResponse<String> refused = server.post(
                "/api/v1/pipelines/load-data/runs",
                "{\"parameters\":{\"folder\":\"" + server.state().resolve("sample") + "\"}}");
        assertThat(refused.statusCode()).describedAs(refused.body()).isNotEqualTo(500);
        assertThat(refused.body()).doesNotContain("Exception", "org.h2", "jdbc:", "jbatch");
        return refused.statusCode() == 507 || refused.statusCode() == 503;
    }

    @Test
    void aStartOnAFullDiskIsRefusedWithFolderAndFigures() throws Exception {
        fill(folder.resolve("filler"));
        Path state = folder.resolve("state");

        Distribution.Outcome outcome = new Distribution(state).command("start");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("too little space for the data folder " + state + ": 0 MB are free, the server needs")
                .doesNotContain("SEVERE");
        assertThat(state).doesNotExist();
    }

    private static HttpResponse<String> predict(Distribution server) {
        return server.post(
                "/predict", "{\"designation\":\"disque plein\",\"description\":\"" + "x".repeat(5_000) + "\"}");
    }

    /** Takes all that is left. */
    private static void fill(Path file) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Runs a command; answers what it said if it failed, otherwise nothing. */
    private static String sh(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : output + " ";
    }
}
