package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A data folder on a small file system that fills up. Mounting one takes root; without it the test is skipped. */
class DiskFullIT {
    private static final int SIZE_MB = 96;

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
