package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A damaged artifact in the registry while the node serves its own good copy: the status, the figures and the page. */
class DamagedRegistryIT {

    @Test
    void theNodeServesOnAndSaysWhatIsDamagedEverywhere() throws IOException {
        try (Distribution server = TrainedServer.copy("damaged-registry")) {
            damage(server.state().resolve("registry"));
            server.start();
            JsonNode status = server.json("/api/v1/status");
            assertThat(status.path("status").asText()).isEqualTo("degraded");
            assertThat(status.path("registry").path("damage").asText()).contains("classifier.bin");
            assertThat(server.post("/predict", "{\"designation\":\"Livre de Java\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/metrics").body())
                    .contains("controlroom_registry_damaged 1.0", "controlroom_job_repository_reachable 1.0");
            ControlRoomPages.of(server).visit("/ui/", page -> {
                assertThat(page.locator(".part-warn").innerText()).contains("classifier.bin");
                ControlRoomPages.check(page, "en");
            });
        }
    }

    private static void damage(Path registry) throws IOException {
        try (Stream<Path> files = Files.walk(registry)) {
            for (Path file :
                    files.filter(each -> each.endsWith("classifier.bin")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 4;
                Files.write(file, bytes);
            }
        }
    }
}
