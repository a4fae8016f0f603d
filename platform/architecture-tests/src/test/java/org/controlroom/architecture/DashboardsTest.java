package org.controlroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the dashboards are what Grafana expects; {@code MonitoringIT} runs their expressions. */
class DashboardsTest {

    private static final Path GRAFANA = SourceModule.root().resolve("grafana");
    private static final String SOURCE = "controlroom-prometheus";

    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(GRAFANA.resolve("dashboards"))) {
            for (Path file : list.toList()) {
                files.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void everyDashboardIsWhatGrafanaExpects() throws IOException {
        assertThat(files()).hasSize(4);
        assertThat(Dashboards.mistakes(files(), SOURCE)).isEmpty();
    }

    @Test
    void theProvisionedSourceHasTheUidThatTheyName() throws IOException {
        try (Stream<Path> list = Files.list(GRAFANA.resolve("provisioning/datasources"))) {
            assertThat(Files.readString(list.findFirst().orElseThrow()).lines().map(String::strip))
                    .contains("- name: Prometheus", "uid: " + SOURCE, "type: prometheus");
        }
    }

    @Test
    void theLinksAmongThemAndTheReadmeNameDashboardsThatExist() throws IOException {
        String all = String.join("\n", files().values());
        Matcher links =
                Pattern.compile("/d/([a-z0-9-]+)").matcher(all + Files.readString(GRAFANA.resolve("README.md")));
        List<String> named =
                links.results().map(found -> found.group(1)).distinct().toList();
        assertThat(named).isNotEmpty().allMatch(uid -> all.contains("\"uid\": \"" + uid + "\""));
    }

    @Test
    void everyMistakeIsFound() {
        String panel = """
                {"id": %s, "type": "%s", "title": "P%s", "gridPos": {"h": 8, "w": %s, "x": 0, "y": %s},
                 "fieldConfig": {"defaults": {"unit": "%s"}}, "datasource": {"uid": "%s"},
                 "targets": [{"refId": "A", "expr": "up", "datasource": {"uid": "%s"}},
                             {"refId": "%s", "expr": "%s", "datasource": {"uid": "s"}}]}""";
        String good = panel.formatted(1, "stat", 1, 12, 0, "s", "s", "s", "B", "up");
        String head = "{\"uid\": \"a\", \"title\": \"%s\", \"schemaVersion\": %s, \"panels\": [%s]}";

        assertThat(Dashboards.mistakes(Map.of("a", head.formatted("T", 39, good)), "s"))
                .isEmpty();
        assertThat(mistake(head.formatted("", 38, ""))).hasSize(3);
        assertThat(mistake(head.formatted("T", 39, good + "," + good)))
                .containsExactly("x 'P1': id 1; must be above 0 and no other's", "x 'P1': lies over x 'P1'");
        assertThat(mistake(head.formatted(
                        "T", 39, panel.formatted(1, "graph", 1, 25, 0, "seconds", "other", "other", "A", ""))))
                .hasSize(7);
        Map<String, String> twice = new TreeMap<>();
        twice.put("a", head.formatted("T", 39, good));
        twice.put("b", head.formatted("T", 39, good));
        assertThat(Dashboards.mistakes(twice, "s")).hasSize(2);
    }

    private static List<String> mistake(String dashboard) {
        return Dashboards.mistakes(Map.of("x", dashboard), "s");
    }
}
