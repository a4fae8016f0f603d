package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The About page, and whether it says the truth about what is shipped. */
class AboutPageIT {

    @Test
    void theAboutPageShowsVersionConfigurationAndLicences() {
        ControlRoomPages pages = ControlRoomPages.of(TrainedServer.shared());
        pages.look(
                "about",
                "/ui/about",
                page -> assertThat(page.locator("main").innerText())
                        .contains("0.1.0", "Payara", "controlroom.http.threads", "PrimeFaces"));
        pages.visitInFrench("/ui/about", page -> assertThat(page.title()).startsWith("À propos"));
    }

    @Test
    void aSecretIsShownToNobody() {
        // an option that any JVM takes, with a secret in it
        try (Distribution server = TrainedServer.copy("about-secret")
                .with("CONTROLROOM_JVM_OPTIONS", "-XX:+UseSerialGC -Dsome.password=hushhush")) {
            server.with("CONTROLROOM_UI_LOW_CONFIDENCE", "0.61");
            server.start();
            JsonNode items = server.json("/api/v1/configuration").path("items");
            assertThat(items.toString()).doesNotContain("hushhush");
            for (JsonNode item : items) {
                if (item.path("key").asText().equals("controlroom.ui.low-confidence")) {
                    assertThat(item.path("value").asText()).isEqualTo("0.61");
                    assertThat(item.path("source").asText()).isEqualToIgnoringCase("environment");
                    assertThat(item.path("default_value").asText()).isEqualTo("0.5");
                }
            }
            assertThat(server.get("/ui/about").body()).contains("0.61").doesNotContain("hushhush");
        }
    }

    @Test
    void everythingByOthersHasItsLicence() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String war : List.of("api.war", "ui.war")) {
            try (ZipFile zip = new ZipFile(Distribution.home().resolve(war).toFile())) {
                zip.stream()
                        .map(entry -> entry.getName().replaceFirst(".*/", ""))
                        .filter(name -> name.endsWith(".jar"))
                        .forEach(jars::add);
            }
        }
        try (Stream<Path> plugins = Files.list(Distribution.home().resolve("plugins"))) {
            plugins.map(path -> path.getFileName().toString()).forEach(jars::add);
        }
        List<String> ours =
                jars.stream().filter(name -> name.endsWith("-0.1.0.jar")).toList();
        List<String> listed = listed();
        assertThat(ours).hasSizeGreaterThan(5);
        assertThat(jars).hasSizeGreaterThan(30);
        assertThat(jars)
                .filteredOn(name -> !ours.contains(name))
                .allSatisfy(name -> assertThat(listed).anyMatch(name::startsWith));
    }

    private static List<String> listed() throws IOException {
        try (ZipFile zip = new ZipFile(Distribution.home().resolve("ui.war").toFile());
                var in = zip.getInputStream(zip.getEntry("WEB-INF/classes/org/controlroom/ui/about/licences.txt"))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split(" \\| ")[0].split(", ")))
                    .toList();
        }
    }
}
