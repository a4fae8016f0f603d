package org.controlroom.runtime;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A catalogue that grows portion by portion: by the API, by the command, by a button. */
class PortionsIT {

    @Test
    void aFolderIsLoadedPortionByPortionUntilItIsComplete() {
        Path sample = TrainedServer.shared().state().resolve("sample");
        try (Distribution server = new Distribution(TrainedServer.folder("portions"))
                .with("CONTROLROOM_LOAD_FOLDER", sample.toString())
                .with("CONTROLROOM_LOAD_INITIAL_PERCENT", "40")
                .with("CONTROLROOM_LOAD_STEP_PERCENT", "45")) {
            assertThat(server.command("start", "--without-model").exitCode()).isZero();
            assertThat(server.json("/api/v1/loads/next").path("to_percent").asDouble())
                    .isEqualTo(40);

            JsonNode first = server.run("load-data", Map.of());
            assertThat(first.path("parameters").path("percent").asText()).isEqualTo("40");
            long products = first.path("outcome").path("rows_added").asLong();
            assertThat(products).isBetween(1_000L, 1_400L);

            Distribution.Outcome second = server.command("load");
            assertThat(second.exitCode()).isZero();
            assertThat(second.output()).contains("85 % of " + sample + " are loaded");

            server.command("dataset");
            assertThat(server.json("/api/v1/datasets")
                            .path("items")
                            .path(0)
                            .path("week")
                            .asInt())
                    .isEqualTo(16);

            ControlRoomPages pages = ControlRoomPages.of(server);
            pages.visit(
                    "/ui/dataset",
                    page -> assertThat(page.locator(".metric").first()).containsText("85.0%"));
            JsonNode pipeline = server.json("/api/v1/pipelines/load-data");
            assertThat(pipeline.path("last_runs")).hasSize(2);
            assertThat(pipeline.path("last_runs").path(0).path("status").asText())
                    .isEqualTo("completed");
            assertThat(server.json("/api/v1/pipelines/weekly")
                            .path("schedules")
                            .path(0)
                            .path("next")
                            .asText())
                    .endsWith("T00:00:00Z");
            pages.look(
                    "dataset-portions",
                    "/ui/dataset-loads",
                    page -> assertThat(page.locator("section", new Page.LocatorOptions().setHasText(sample.toString())))
                            .containsText(Pattern.compile("85[.,]0")));
            pages.visitInFrench("/ui/dataset-loads", page -> {
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Charger la prochaine part"))
                        .click();
                assertThat(page).hasURL(Pattern.compile(".*/ui/dataset-loads\\?run=run-.*"));
                assertThat(page.locator("#progress"))
                        .containsText(
                                "termin",
                                new LocatorAssertions.ContainsTextOptions()
                                        .setIgnoreCase(true)
                                        .setTimeout(60_000));
            });

            JsonNode statistics = server.json("/api/v1/datasets/current/statistics");
            assertThat(statistics.path("products").asInt()).isEqualTo(TrainedServer.SAMPLE_ROWS);
            JsonNode next = server.json("/api/v1/loads/next");
            assertThat(next.path("loaded_percent").asDouble()).isEqualTo(100);
            pages.visit(
                    "/ui/dataset-loads",
                    page -> assertThat(page.getByRole(
                                    AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Load the folder again")))
                            .isVisible());
        }
    }
}
