package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The home page and the routes that it is made of. */
class HomePageIT {

    @Test
    void theHomePageShowsHowEverythingIs() {
        Distribution server = TrainedServer.shared();
        server.post("/predict", "{\"designation\":\"Piscine tubulaire hors sol\"}");
        server.post("/predict", "{\"designation\":\"\"}");
        ControlRoomPages.of(server).look("home", "/ui/", page -> {
            assertThat(page.locator(".part").count()).isEqualTo(6);
            assertThat(page.locator(".part-bad").count()).isZero();
            assertThat(page.locator("#live").innerText()).contains("rakuten_classifier", "Train a model", "Load data");
            assertThat(page.locator("#live table a", new Page.LocatorOptions().setHasText("Load data"))
                            .first()
                            .getAttribute("href"))
                    .contains("pipeline=load-data");
            assertThat(page.locator("#live .facts").first().innerText()).matches("(?s).*Trained\\s.* ago.*");
            assertThat(page.locator("#pipelines-now").innerText())
                    .contains("Next by schedule", "Monday", "UTC", "Last failure");
            assertThat(page.locator("#pipelines-now a").first().getAttribute("href"))
                    .isEqualTo("pipelines-schedule?name=weekly");
            page.waitForFunction("document.querySelectorAll('canvas').length === 3"
                    + " && [...document.querySelectorAll('[data-chart]')].every(chart => chart.drawn)");
        });
        ControlRoomPages.of(server)
                .visitInFrench(
                        "/ui/",
                        page -> assertThat(page.locator("#live").innerText())
                                .contains("Base de données", "Disque", "Dernier échec"));
    }

    @Test
    void aPredictionAppearsWithoutReloading() {
        Distribution server = TrainedServer.shared();
        String title = "Coussin de jardin brodé " + System.nanoTime();
        ControlRoomPages.of(server).visit("/ui/", page -> {
            server.post("/predict", "{\"designation\":\"" + title + "\"}");
            page.getByText(title).first().waitFor(new Locator.WaitForOptions().setTimeout(60_000));
            assertThat(page.locator("#live canvas").count()).isEqualTo(3);
        });
    }

    @Test
    void theFiguresOfAChartAreATableToo() {
        ControlRoomPages.of(TrainedServer.shared()).visit("/ui/", page -> {
            page.locator(".chart-table summary").first().click();
            page.locator(".chart-table table").first().waitFor();
            assertThat(page.locator(".chart-table table tbody tr").count()).isEqualTo(60);
            ControlRoomPages.check(page, "en");
        });
    }

    @Test
    void aLostConnectionShowsAndHeals() {
        ControlRoomPages.of(TrainedServer.shared()).visitLosing("/ui/", page -> {
            page.context().setOffline(true);
            page.locator("#lost").waitFor();
            page.context().setOffline(false);
            page.locator("#lost")
                    .waitFor(new Locator.WaitForOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        });
    }

    @Test
    void theTrafficRouteCountsWhatWasAnswered() {
        Distribution server = TrainedServer.shared();
        long before = predictions(server);
        server.post("/predict", "{\"designation\":\"Console de jeux\"}");
        Distribution.await("the prediction", Duration.ofSeconds(10), () -> predictions(server) > before);
        JsonNode minutes = server.json("/api/v1/traffic?minutes=60").path("items");
        JsonNode last = minutes.get(minutes.size() - 1);
        assertThat(last.path("errors").has("user")).isTrue();
        assertThat(last.path("seconds").asDouble()).isBetween(0.0, 90.0);
        assertThat(server.get("/api/v1/traffic?minutes=61").statusCode()).isEqualTo(422);
    }

    private static long predictions(Distribution server) {
        long sum = 0;
        for (JsonNode minute : server.json("/api/v1/traffic").path("items")) {
            sum += minute.path("predictions").asLong();
        }
        return sum;
    }

    @Test
    void gLeadsToAPageOfTheMenu() {
        ControlRoomPages.of(TrainedServer.shared()).visit("/ui/", page -> {
            page.keyboard().press("g");
            page.keyboard().press("a");
            page.waitForURL("**/ui/about");
            assertThat(page.locator(".crumbs li").count()).isEqualTo(2);
            page.goBack(new Page.GoBackOptions());
        });
    }
}
