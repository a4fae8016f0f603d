package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The prediction pages as a user sees them, and the explanation and the batches behind them. */
class PredictionsPagesIT {

    private static final String DESIGNATION = "Livre de recettes <b>caf&eacute;</b>";
    private static final String DESCRIPTION =
            "Une collection de romans et de jeux pour enfants.\nPiscine tubulaire hors sol avec pompe de filtration.";

    private final Distribution server = TrainedServer.shared();
    private final ControlRoomPages pages = ControlRoomPages.of(server);

    private static void predict(Page page, String button) {
        page.locator("#designation").fill(DESIGNATION);
        page.locator("#description").fill(DESCRIPTION);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
        page.locator(".why").first().waitFor();
    }

    @Test
    void theFormAnswersAndMarksTheWordsThatDecided() {
        pages.look(
                "predictions",
                "/ui/predictions",
                page -> assertThat(page.locator("main").innerText()).containsPattern("No answer yet|Pas encore"));
        pages.visit("/ui/predictions", page -> {
            predict(page, "Predict");
            assertThat(page.locator(".bars li").count()).isEqualTo(5);
            Locator marks = page.locator(".marked mark");
            assertThat(marks.count()).isGreaterThan(2);
            for (String mark : marks.allInnerTexts()) {
                assertThat(DESIGNATION + " " + DESCRIPTION).contains(mark);
            }
            assertThat(page.locator(".marked-title").first().textContent()).isEqualTo(DESIGNATION);
            assertThat(page.locator(".why h2").allInnerTexts()).hasSize(2).anyMatch(title -> title.startsWith("Why "));
            ControlRoomPages.check(page, "en");
            ControlRoomPages.screenshot(page, "predictions-answer");
        });
        pages.visitInFrench("/ui/predictions", page -> {
            predict(page, "Pr\u00e9dire");
            assertThat(page.locator(".why h2").first().innerText()).startsWith("Pourquoi ");
            ControlRoomPages.check(page, "fr");
            ControlRoomPages.screenshot(page, "predictions-answer-fr");
        });
    }

    @Test
    void aMistakeIsShownAsTheApiSaysIt() {
        pages.visit("/ui/predictions", page -> {
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Predict").setExact(true))
                    .click();
            page.locator(".field-wrong #designation[aria-invalid=true]").waitFor();
            assertThat(page.locator(".problem").innerText()).contains("Title is blank");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("designation");
            ControlRoomPages.check(page, "en");

            predict(page, "Predict");
            assertThat(page.locator(".field-wrong").count()).isZero();
        });
    }

    @Test
    void anActionThatDidNotReachTheServerIsTriedAgain() {
        pages.visitLosing("/ui/predictions", page -> {
            page.locator("#designation").fill("Chaise en bois");
            page.context().setOffline(true);
            page.locator("#send").click();
            page.locator("#lost").waitFor();
            assertThat(page.locator("#lost").innerText()).contains("connection");
            page.context().setOffline(false);
            page.locator("#lost").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
            page.locator("#send").click();
            page.locator(".answer-value").first().waitFor();
        });
    }

    @Test
    void aPictureIsShownBesideTheFormAndSentNowhere() {
        byte[] png = java.util.Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        pages.visit("/ui/predictions", page -> {
            page.locator("#image").setInputFiles(new FilePayload("chair.png", "image/png", png));
            page.locator("#preview").waitFor();
            assertThat(page.locator("#preview").getAttribute("src")).startsWith("blob:");
        });
    }

    @Test
    void theHistoryIsSearchedAndLeadsToOnePrediction() {
        String id = ask("Fauteuil unique pour l'essai", "").get("prediction_id").asText();
        awaitStored(id);
        pages.look(
                "predictions-history",
                "/ui/predictions-history?text=fauteuil%20UNIQUE",
                page -> assertThat(page.locator("tbody tr").count()).isGreaterThanOrEqualTo(1));
        pages.visit("/ui/predictions-history", page -> {
            page.locator("#text").fill("fauteuil unique");
            page.locator("#max_confidence").fill("1");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Search").setExact(true))
                    .click();
            page.waitForURL(Pattern.compile(".*text=fauteuil.*"));
            assertThat(page.url()).doesNotContain("label=").contains("max_confidence=1");
            page.locator("tbody a").first().click();
            page.locator("#product").waitFor();
            assertThat(page.locator("main").innerText()).contains("Fauteuil unique pour l'essai", "No description");
            page.getByText("Ask again").click();
            page.locator("#designation").waitFor();
            assertThat(page.locator("#designation").inputValue()).isEqualTo("Fauteuil unique pour l'essai");
        });
        pages.look("prediction", "/ui/prediction?id=" + id, page -> {
            assertThat(page.locator("main").innerText()).contains("Fauteuil unique");
            assertThat(page.locator(".menu .here").getAttribute("class")).contains("menu-predictions");
            assertThat(page.locator(".bars li").count())
                    .as("five best of the live model")
                    .isEqualTo(5);
        });
        pages.visit(
                "/ui/predictions-history?to=2000-01-01T00:00:00Z",
                page -> assertThat(page.locator("main").innerText()).contains("No prediction is like this"));
    }

    @Test
    void aBatchIsUploadedWatchedLeftFoundAndDownloaded() {
        StringBuilder csv = new StringBuilder("designation,description,productid\n");
        for (int i = 0; i < 3_000; i++) {
            csv.append(i == 7 ? "" : "Livre " + i)
                    .append(",un roman,")
                    .append(i)
                    .append('\n');
        }
        pages.visit("/ui/predictions-batches", page -> {
            page.locator("#file")
                    .setInputFiles(new FilePayload(
                            "essai.csv", "text/csv", csv.toString().getBytes(StandardCharsets.UTF_8)));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload and predict"))
                    .click();
            page.locator("tr[data-batch]").first().waitFor();
        });
        pages.visit("/ui/predictions-batches", page -> {
            page.getByText("Download answers").first().waitFor();
            Locator row = page.locator("tr[data-batch]").first();
            assertThat(row.innerText()).contains("essai.csv", "3,000", "1 with an error", "completed with errors");
            Download download =
                    page.waitForDownload(() -> row.getByText("Download answers").click());
            assertThat(download.suggestedFilename()).startsWith("batch-").endsWith("-answers.csv");
            List<String> lines = lines(download);
            assertThat(lines).hasSize(3_001);
            assertThat(lines.get(8)).contains("INVALID_INPUT");
        });
        pages.look(
                "predictions-batches",
                "/ui/predictions-batches",
                page -> page.locator("tr[data-batch]").first().waitFor());
        pages.visit("/ui/predictions-batches", page -> {
            int before = page.locator("tr[data-batch]").count();
            page.evaluate("window.left = true");
            page.getByText("Remove").first().click();
            page.locator("#confirm button[value=yes]").click();
            // Of the page that follows: the one that is left has no rows either while it goes away.
            page.waitForFunction(
                    "rows => !window.left && document.readyState === 'complete'"
                            + " && document.querySelectorAll('tr[data-batch]').length === rows",
                    before - 1);
        });
    }

    private static List<String> lines(Download download) {
        try {
            return Files.readAllLines(download.path());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void termsRestAndBiasAreTheScoreExactly() {
        JsonNode explanation = Distribution.read(server.post(
                                "/predict?explain=5",
                                "{\"designation\":\"Livre de recettes caf\\u00e9\",\"description\":\"une collection\"}")
                        .body())
                .get("explanation");
        for (JsonNode label : List.of(explanation, explanation.get("runner_up"))) {
            double sum = label.get("rest").asDouble() + label.get("bias").asDouble();
            for (JsonNode term : label.get("terms")) {
                sum += term.get("contribution").asDouble();
            }
            assertThat(sum).isEqualTo(label.get("score").asDouble());
        }
        assertThat(server.post("/predict?explain=51", "{\"designation\":\"x\"}").statusCode())
                .isEqualTo(422);
    }

    private JsonNode ask(String designation, String description) {
        return Distribution.read(server.post(
                        "/predict", "{\"designation\":\"" + designation + "\",\"description\":\"" + description + "\"}")
                .body());
    }

    private void awaitStored(String id) {
        for (int i = 0; i < 600 && server.get("/api/v1/predictions/" + id).statusCode() != 200; i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
        assertThat(server.get("/api/v1/predictions/" + id).statusCode()).isEqualTo(200);
    }
}
