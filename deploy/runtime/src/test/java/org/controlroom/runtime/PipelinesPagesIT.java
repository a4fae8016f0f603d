package org.controlroom.runtime;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages about pipelines, runs and schedules, as a user works with them. */
class PipelinesPagesIT {

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void everyPageIsReadableInBothThemesWidthsAndLanguages() {
        Distribution server = TrainedServer.shared();
        String run = server.json("/api/v1/pipelines/load-data/runs?limit=1")
                .path("items")
                .path(0)
                .path("id")
                .asText();
        ControlRoomPages pages = ControlRoomPages.of(server);
        pages.look(
                "pipelines",
                "/ui/pipelines",
                page -> assertThat(page.locator(".pipelines-list > li")).not().hasCount(0));
        pages.look(
                "pipelines-runs",
                "/ui/pipelines-runs?pipeline=load-data",
                page -> assertThat(page.locator("tbody tr").first()).isVisible());
        pages.look(
                "pipelines-notifications-none",
                "/ui/pipelines-notifications",
                page -> assertThat(page.locator(".empty-lead")).containsText("Nobody is told"));
        pages.look(
                "pipelines-start",
                "/ui/pipelines-start?pipeline=weekly",
                page -> assertThat(page.locator("#pipeline")).hasValue("weekly"));
        pages.look(
                "pipelines-schedule",
                "/ui/pipelines-schedule?name=weekly",
                page -> assertThat(page.locator("#preview ol li")).hasCount(5));
        pages.look("pipelines-run", "/ui/pipelines-run?pipeline=load-data&id=" + run, page -> {
            assertThat(page.locator(".steps li")).hasCount(2);
            assertThat(page.locator(
                            "[aria-labelledby=outcome-title] div",
                            new Page.LocatorOptions().setHasText(Pattern.compile("Rows added|Lignes ajoutées"))))
                    // 3,000 in English, and a narrow space in French
                    .containsText(Pattern.compile(TrainedServer.SAMPLE_ROWS / 1_000 + "[,\\u202f]000"));
        });
    }

    @Test
    void aScheduleIsMadePreviewedSwitchedOffAndRemoved() {
        Distribution server = TrainedServer.shared();
        ControlRoomPages.of(server).visit("/ui/pipelines-schedule", page -> {
            page.locator("#new-name").fill("nightly-try");
            page.locator("#pipeline").selectOption("load-data");
            page.locator("#cron").fill("nonsense");
            button(page, "Show what it means").click();
            assertThat(page.locator("#save-result .problem")).containsText("five fields");

            page.locator("#cron").fill("30 2 * * *");
            page.locator("#schedule-zone").fill("Europe/Paris");
            button(page, "Show what it means").click();
            assertThat(page.locator("#preview")).containsText("at 02:30, every day");
            assertThat(page.locator("#preview ol li")).hasCount(5);

            button(page, "Save").click();
            page.waitForURL(Pattern.compile(".*/ui/pipelines$"));
            Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("nightly-try"));
            assertThat(row).containsText("at 02:30, every day");
            button(page, "Switch off: nightly-try").click();
            assertThat(row).containsText("Switched off");
        });
        JsonNode schedule = server.json("/api/v1/schedules/nightly-try").path("schedule");
        assertThat(schedule.path("enabled").asBoolean(true)).isFalse();
        assertThat(schedule.path("zone").asText()).isEqualTo("Europe/Paris");

        ControlRoomPages.of(server).visit("/ui/pipelines-schedule?name=nightly-try", page -> {
            assertThat(page.locator("#schedule-now")).containsText("Switched off");
            button(page, "Switch on").click();
            assertThat(page.locator("#schedule-now")).containsText("at 02:30, every day Europe/Paris");
            assertThat(button(page, "Switch off")).isVisible();

            button(page, "Remove the schedule").click();
            page.locator("#confirm button[value=yes]").click();
            page.waitForURL(Pattern.compile(".*/ui/pipelines$"));
            assertThat(page.locator("table").first()).not().containsText("nightly-try");
        });
    }

    @Test
    void aRunIsStartedWithParametersAndItsMistakesAreShown() {
        Distribution server = TrainedServer.shared();
        ControlRoomPages.of(server).visit("/ui/pipelines-start?pipeline=load-data", page -> {
            page.locator("#parameters").fill("no parameter");
            button(page, "Start a run").click();
            assertThat(page.locator("#start-result")).containsText("no parameter");

            page.locator("#parameters").fill("folder=/nowhere/at/all");
            button(page, "Start a run").click();
            assertThat(page.locator("#start-result .problem")).containsText("does not exist");
        });
    }
}
