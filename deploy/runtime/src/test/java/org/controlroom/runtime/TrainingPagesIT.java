package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Training and registry as a user works with them, on a server of their own because they change what serves. */
class TrainingPagesIT {

    private static final String MODEL = "/api/v1/models/rakuten_classifier";
    private static final double MINUTES = 60_000;

    private static Distribution server;
    private static ControlRoomPages pages;
    private static String firstPipelineRun;
    private static String firstRun;

    @BeforeAll
    static void start() {
        server = TrainedServer.copy("training-pages");
        server.start();
        pages = ControlRoomPages.of(server);
        JsonNode version = server.json(MODEL + "/versions/1");
        firstRun = version.path("run_id").asText();
        firstPipelineRun = version.path("tags").path("pipeline.run_id").asText();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everyPageIsReadableInBothLanguagesThemesAndWidths() {
        pages.look(
                "training", "/ui/training", page -> page.locator("table.runs").waitFor());
        pages.look(
                "training-start",
                "/ui/training-start",
                page -> page.getByLabel("Seed").waitFor());
        pages.look("training-pipeline", "/ui/training-pipeline?id=" + firstPipelineRun, page -> {
            assertThat(page.locator(".steps li").count()).isEqualTo(7);
            assertThat(page.locator(".log").innerText()).contains("registered as rakuten_classifier 1");
        });
        pages.look("training-run", "/ui/training-run?id=" + firstRun, page -> {
            assertThat(page.locator("#class-f1 li").count()).isEqualTo(27);
            assertThat(page.locator(".heat tbody tr").count()).isEqualTo(27);
            assertThat(page.locator(".artifact-list").innerText())
                    .contains("model/manifest.json", "confusion_matrix.png", "calibration_plot.png");
            assertThat(page.locator("#class-distribution li").count()).isEqualTo(27);
            assertThat(page.evaluate(
                            "() => Math.max(...[...document.querySelectorAll('#class-distribution .rows-train')]"
                                    + ".map(bar => bar.getBoundingClientRect().width))"))
                    .as("pixels of the longest bar")
                    .matches(width -> ((Number) width).doubleValue() > 60);
            page.waitForFunction(
                    "() => document.getElementById('risk-coverage').drawn.data.datasets[0].data.length > 50");
        });
        pages.look(
                "training-compare",
                "/ui/training-compare?runs=" + firstRun,
                page -> page.locator(".compare").waitFor());
        pages.look(
                "training-misclassified",
                "/ui/training-misclassified?run=" + firstRun,
                page -> page.locator("#main .card").waitFor());
        pages.look(
                "registry",
                "/ui/registry",
                page -> assertThat(page.locator(".history").innerText()).contains("live now"));
        pages.look(
                "registry-version",
                "/ui/registry-version?version=1",
                page -> assertThat(page.locator("h1").innerText()).contains("rakuten_classifier 1"));
    }

    @Test
    void aTrainingIsStartedWatchedPromotedAndRolledBack() {
        String[] started = new String[1];
        pages.visit("/ui/training-start?preset=original", page -> {
            page.locator("[name='set.seed']").fill("x");
            page.locator("[name='set.testFraction']").fill("5");
            page.locator("[name='set.classifier.cost']").fill("-1");
            page.locator("#go").click();
            page.locator("[name='set.seed'][aria-invalid=true]").waitFor();
            assertThat(page.locator(".field-error").allInnerTexts())
                    .hasSize(3)
                    .anyMatch(text -> text.contains("'x' is not a whole number"))
                    .anyMatch(text -> text.contains("must be 0.01..0.9"));
            assertThat(
                            (boolean)
                                    page.evaluate(
                                            "() => { const e = document.activeElement; const y ="
                                                    + " e.getBoundingClientRect().top; return e.name === 'set.seed' && y > 0 && y < innerHeight; }"))
                    .as("the first mistake is in view and has the focus")
                    .isTrue();
            assertThat(page.locator("[name='set.classifier.cost']").inputValue())
                    .as("what was typed stays")
                    .isEqualTo("-1");
            ControlRoomPages.check(page, "en");

            page.locator("[name='set.seed']").fill("7");
            page.locator("[name='set.testFraction']").fill("0.2");
            page.locator("[name='set.classifier.cost']").fill("1.5");
            page.locator("[name='set.promote']").selectOption("never");
            page.locator("#go").click();
            page.waitForURL(Pattern.compile("training-pipeline\\?"));
            awaitStatus(page, "Completed");
            assertThat(page.locator(".log").innerText()).contains("run completed");
            assertThat(page.locator("#live").innerText())
                    .contains("Not promoted")
                    .contains("promote=never");
            page.getByText("Figures and artifacts").click();
            page.locator(".heat").waitFor();
            started[0] = page.url().replaceAll(".*id=", "");
        });
        String version = server.json(MODEL).path("latest_version").asText();
        assertThat(server.json("/api/v1/runs/" + started[0])
                        .path("parameters")
                        .path("classifier.cost")
                        .asText())
                .isEqualTo("1.5");

        pages.visit("/ui/registry-version?version=" + version, page -> {
            page.locator("#promote summary").click();
            page.locator("#promote-now").click();
            page.locator("#promote-result .problem").waitFor();
            assertThat(page.locator("#promote-result").innerText()).contains("Reason is blank");
            page.locator("#promote-reason").fill("better on new products");
            page.locator("#promote-now").click();
            page.locator(".done").waitFor();
            assertThat(page.locator("#main").innerText())
                    .contains("better on new products")
                    .contains("live now");
        });
        assertThat(server.json(MODEL).path("aliases").path("production").asText())
                .isEqualTo(version);

        pages.visit("/ui/registry", page -> {
            page.locator("#roll-back summary").click();
            page.locator("#reason").fill("complaints about books");
            page.locator("#roll-back-now").click();
            page.locator(".done").waitFor();
            assertThat(page.locator(".history li").count()).isEqualTo(3);
            assertThat(page.locator(".history li").first().innerText())
                    .contains("Version 1")
                    .contains("complaints about books")
                    .contains("Rolled back");
        });
        JsonNode history = server.json(MODEL + "/deployments").path("items");
        assertThat(history).hasSize(3);
        assertThat(history.get(0).path("action").asText()).isEqualTo("rolled_back");
        assertThat(history.get(1).path("until").asText())
                .isEqualTo(history.get(0).path("since").asText());
        assertThat(history.get(2).path("actor").asText()).startsWith("train-model run-");

        pages.visit("/ui/training-compare?run=" + firstRun + "&run=" + started[0], page -> {
            int all = page.locator(".compare tbody tr").count();
            assertThat(page.locator(".compare .best").count()).isPositive();
            page.locator("#only-differences").click();
            page.waitForURL(Pattern.compile("only=differences"));
            assertThat(page.locator(".compare tbody tr").count()).isPositive().isLessThan(all);
            assertThat(page.locator(".compare").innerText())
                    .contains("classifier.cost")
                    .doesNotContain("extractor.cleaning");
            ControlRoomPages.screenshot(page, "training-compare-differences-light-1280");
        });
    }

    @Test
    void aRunIsCancelledAndRestartedFromItsStep() {
        server.startRun("train-model", Map.of("preset", "best", "promote", "never", "seed", "99"));
        String id = server.json("/api/v1/pipelines/train-model/runs?limit=1")
                .path("items")
                .get(0)
                .path("id")
                .asText();
        pages.visit("/ui/training-pipeline?id=" + id, page -> {
            page.locator("#cancel").click();
            page.locator("#confirm button[value=yes]").click();
            awaitStatus(page, "Cancelled");
            page.locator("#restart").waitFor();
            assertThat(page.locator("#restart").innerText()).startsWith("Restart from");
            page.locator("#restart").click();
            awaitStatus(page, "Completed");
            assertThat(page.locator("#cancel").count()).isZero();
        });
    }

    @Test
    void theChoiceOfColumnsAndOrderIsKept() {
        pages.visit("/ui/training?column=metrics.log_loss&column=parameters.seed&sort=-metrics.log_loss", page -> {
            List<String> chosen = page.locator("table.runs thead th").allInnerTexts();
            assertThat(chosen).contains("Log loss", "Seed").doesNotContain("Accuracy");
            page.navigate(server.address("/ui/training").toString());
            assertThat(page.locator("table.runs thead th").allInnerTexts()).isEqualTo(chosen);
            assertThat(page.locator("th[aria-sort=descending]").innerText()).contains("Log loss");
            page.locator("a[href*=reset]").click();
            page.waitForURL(Pattern.compile("reset"));
            page.navigate(server.address("/ui/training").toString());
            assertThat(page.locator("table.runs thead th").allInnerTexts()).contains("Accuracy");
        });
        pages.visit(
                "/ui/training?name=no+such+run",
                page -> assertThat(page.locator("#main").innerText()).contains("No run fits these filters"));
    }

    @Test
    void figuresAreWrittenAsTheReadersLanguageWritesThem() {
        pages.visitInFrench(
                "/ui/training",
                page -> assertThat(page.locator("#pipeline-runs td.num").allInnerTexts())
                        .anyMatch(text -> text.matches("0,\\d{4}"))
                        .noneMatch(text -> text.contains(".")));
    }

    @Test
    void theConfusionMatrixIsWalkedByKeysAndLeadsToTheMistakes() {
        long kept = server.json("/api/v1/runs/" + firstRun + "/misclassified?limit=500")
                .path("items")
                .size();
        pages.visit("/ui/training-run?id=" + firstRun, page -> {
            page.locator(".heat tbody td > *").first().focus();
            page.keyboard().press("ArrowRight");
            page.keyboard().press("ArrowDown");
            assertThat(page.evaluate("document.activeElement.closest('tr').rowIndex"))
                    .isEqualTo(2);
            assertThat(page.evaluate("document.activeElement.closest('td').cellIndex"))
                    .isEqualTo(2);
            Locator mistakes = page.locator(".heat td a");
            assertThat(mistakes.count() > 0).isEqualTo(kept > 0);
            if (kept > 0) {
                String count = mistakes.first().innerText();
                mistakes.first().click();
                page.locator("#main table").waitFor();
                assertThat(String.valueOf(page.locator("#main tbody tr").count()))
                        .isEqualTo(count);
            }
        });
        pages.visit("/ui/training-run?id=" + firstRun, page -> {
            Download download = page.waitForDownload(() ->
                    page.locator(".artifact-list a[href$='evaluation.json']").click());
            assertThat(download.suggestedFilename()).isEqualTo("evaluation.json");
        });
    }

    @Test
    void aliasesAndTagsAreSetAndRemoved() {
        pages.visit("/ui/registry-version?version=1", page -> {
            page.locator("#alias").fill("champion");
            page.locator("#alias-set").click();
            page.locator(".done").waitFor();
            assertThat(page.locator(".aliases").innerText()).contains("champion");
            page.locator("#alias").fill("production");
            page.locator("#alias-remove").click();
            page.locator("#alias-result .problem").waitFor();
            page.locator("#alias").fill("a/b");
            page.locator("#alias-set").click();
            page.getByText("This name cannot be used").waitFor();
            page.locator("#tag").fill("");
            page.locator("#tag-set").click();
            page.locator("#tag-result").getByText("This name cannot be used").waitFor();
            page.locator("#tag").fill("f1_weighted");
            page.locator("#value").fill("0.99");
            page.locator("#tag-set").click();
            page.getByText("is written by the platform;").waitFor();
            page.locator("#tag").fill("team");
            page.locator("#value").fill("");
            page.locator("#value").fill("search");
            page.locator("#tag-set").click();
            page.getByText("The tag is set.").waitFor();
        });
        JsonNode version = server.json(MODEL + "/versions/champion");
        assertThat(version.path("tags").path("team").asText()).isEqualTo("search");
        assertThat(server.request("DELETE", MODEL + "/aliases/champion").statusCode())
                .isEqualTo(200);
        assertThat(server.request("DELETE", MODEL + "/versions/1/tags/team").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theRoutesOfModelsSayWhatIsNotThere() {
        assertThat(server.json(MODEL).path("aliases").has("production")).isTrue();
        assertThat(server.get("/api/v1/models/nope").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/models/nope/versions").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/models/nope/deployments").statusCode()).isEqualTo(404);
        assertThat(server.request("DELETE", MODEL + "/aliases/nope").statusCode())
                .isEqualTo(404);
        assertThat(server.request("DELETE", MODEL + "/aliases/production").statusCode())
                .isEqualTo(409);
        assertThat(server.request("DELETE", MODEL + "/versions/1/tags/promotion.reason")
                        .statusCode())
                .isEqualTo(409);
        assertThat(Distribution.send(HttpRequest.newBuilder(server.address(MODEL + "/aliases/7"))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"version\":\"1\"}")))
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.json("/api/v1/runs?parameters.preset=nope").path("items"))
                .isEmpty();
        assertThat(server.get("/api/v1/runs?min_metrics.f1_weighted=much").statusCode())
                .isEqualTo(422);
        assertThat(server.json("/api/v1/pipelines/train-model/form").path("presets"))
                .hasSize(4);
        assertThat(server.json("/api/v1/experiments")
                        .path("items")
                        .get(0)
                        .path("runs")
                        .asLong())
                .isPositive();
    }

    @Test
    void aPageOfSomethingThatIsNotThereSaysSo() {
        for (String path : List.of(
                "training-run?id=nope",
                "training-run",
                "training-pipeline?id=run-99999999",
                "training-pipeline",
                "training-misclassified",
                "registry-version?version=99",
                "registry-version",
                "prediction?id=nope")) {
            assertThat(server.get("/ui/" + path).statusCode()).as(path).isEqualTo(404);
            assertThat(server.get("/ui/" + path).body()).as(path).contains("problem-title");
        }
    }

    /** The page asks again by itself until the run has ended. */
    private static void awaitStatus(Page page, String status) {
        page.locator("#run-status", new Page.LocatorOptions().setHasText(status))
                .waitFor(new Locator.WaitForOptions()
                        .setState(WaitForSelectorState.VISIBLE)
                        .setTimeout(4 * MINUTES));
    }
}
