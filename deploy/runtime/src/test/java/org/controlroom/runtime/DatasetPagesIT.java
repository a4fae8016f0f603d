package org.controlroom.runtime;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages about the catalogue, as a user works with them. */
class DatasetPagesIT {

    private static final String PRODUCTS = """
            ,designation,description,productid,imageid
            0,Écran tactile de l'été,"Un écran, <b>très</b> clair",990000001,17
            1,,no title,990000002,
            2,Second screen,,990000003,
            3,Third screen,,not a number,
            """;
    private static final String LABELS = ",prdtypecode\n0,2583\n1,2583\n2,2583\n3,2583\n";

    @TempDir
    Path folder;

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    @Test
    void theOverviewShowsWhatTheServerCounted() {
        Distribution server = TrainedServer.shared();
        JsonNode statistics = server.json("/api/v1/datasets/current/statistics");
        assertThat(statistics.path("products").asInt()).isEqualTo(TrainedServer.SAMPLE_ROWS);
        int classes = statistics.path("by_label").size();
        ControlRoomPages.of(server).look("dataset", "/ui/dataset", page -> {
            assertThat(page.locator(".metric").first()).containsText("3,000");
            assertThat(page.locator(".dataset-classes li")).hasCount(classes);
            assertThat(page.getByText("French").first()).isVisible();
        });
    }

    @Test
    void everyPageIsReadableInBothThemesWidthsAndLanguages() {
        Distribution server = TrainedServer.shared();
        String id = server.json("/api/v1/products?limit=1")
                .path("items")
                .path(0)
                .path("product_id")
                .asText();
        ControlRoomPages pages = ControlRoomPages.of(server);
        pages.look(
                "dataset-products",
                "/ui/dataset-products",
                page -> assertThat(page.locator("tbody tr")).hasCount(50));
        pages.look("dataset-product", "/ui/dataset-product?id=" + id, page -> {
            assertThat(page.locator("#model")).isVisible();
            assertThat(page.locator(".bars li")).hasCount(5);
        });
        // other tests may have loaded into the shared server, too
        int loads = server.json("/api/v1/loads").path("items").size();
        assertThat(loads).isPositive();
        pages.look(
                "dataset-loads",
                "/ui/dataset-loads",
                page -> assertThat(page.locator("tbody tr")).hasCount(loads));
        pages.look(
                "dataset-load",
                "/ui/dataset-load?id=1",
                page -> assertThat(page.getByText("Every row was taken")).isVisible());
        pages.look(
                "dataset-upload",
                "/ui/dataset-upload",
                page -> assertThat(page.locator("#products")).isVisible());
    }

    @Test
    void productsAreFoundByWordsAndClassAndPagedByLinks() {
        Distribution server = TrainedServer.shared();
        JsonNode some = server.json("/api/v1/products?limit=1").path("items").path(0);
        String word = some.path("designation").asText().split(" ")[0];
        String label = some.path("label").asText();
        ControlRoomPages pages = ControlRoomPages.of(server);
        pages.visit("/ui/dataset-products", page -> {
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Next page"))
                    .click();
            assertThat(page.locator("tbody tr")).hasCount(50);
            assertThat(page.locator("body"))
                    .not()
                    .containsText(some.path("product_id").asText());
            page.getByLabel("Words of the title").fill(word.toUpperCase(Locale.ROOT));
            page.getByLabel("Class").selectOption(label);
            button(page, "Search").click();
            assertThat(page).hasURL(Pattern.compile(".*text=.*label=" + label + ".*"));
            assertThat(page.locator("tbody tr").first()).containsText(label);
            page.locator("a[href='dataset-product?id=" + some.path("product_id").asText() + "']")
                    .click();
            assertThat(page.locator(".dataset-designation"))
                    .hasText(some.path("designation").asText());
        });
        pages.visitInFrench("/ui/dataset-products?text=qqqqqqq", page -> {
            // a busy machine may not have looked at all titles within a page's time
            for (int more = 0; more < 20 && page.locator("main .notice").count() > 0; more++) {
                link(page, "Page suivante").click();
            }
            assertThat(page.locator("main")).containsText("Aucun produit ne correspond");
        });
    }

    @Test
    void anUploadIsSeenBeforeItIsLoadedAndItsBadRowsCanBeDownloaded() {
        try (Distribution server = TrainedServer.copy("dataset-upload")) {
            server.start();
            ControlRoomPages pages = ControlRoomPages.of(server);
            String[] load = new String[1];
            pages.visit("/ui/dataset-upload", page -> {
                button(page, "Send and look at the first rows").click();
                assertThat(page.locator("#send-problem")).containsText("Choose a product file first");
                page.getByLabel("Product file").setInputFiles(file("new products.csv", PRODUCTS));
                page.getByLabel("Label file").setInputFiles(file("labels.csv", LABELS));
                button(page, "Send and look at the first rows").click();

                page.waitForURL(Pattern.compile(".*dataset-upload\\?id=[0-9a-f]{16}"));
                assertThat(page.locator("main")).containsText("All 4 rows were looked at");
                assertThat(page.locator("main")).containsText("Line 3: designation is blank");
                ControlRoomPages.check(page, "en");
                ControlRoomPages.screenshot(page, "dataset-upload-preview-light-1280");
                String upload = page.url();

                button(page, "Load into the catalogue").click();
                assertThat(page.locator("#progress .facts")).containsText("Rejected");
                link(page, "See what the load did").click();
                assertThat(page.locator(".metric").nth(1)).containsText("2");
                assertThat(page.locator(".metric").nth(3)).containsText("2");
                assertThat(page.locator("section[aria-labelledby=rejects] tbody tr"))
                        .hasCount(2);
                assertThat(page.locator("section[aria-labelledby=load-changes] tbody tr"))
                        .hasCount(2);
                ControlRoomPages.check(page, "en");
                ControlRoomPages.screenshot(page, "dataset-load-rejected-light-1280");
                load[0] = page.url().replaceAll(".*id=", "");
                Download download =
                        page.waitForDownload(() -> link(page, "Download as CSV").click());
                assertThat(text(download.path()))
                        .startsWith("file,line,reason,row")
                        .contains("new_products.csv,3,designation is blank")
                        .contains("not a number");

                page.navigate(upload);
                assertThat(button(page, "Load into the catalogue")).hasCount(0);
                button(page, "Remove").click();
                button(page, "Yes, do it").click();
                page.waitForURL(Pattern.compile(".*dataset-upload$"));
                page.navigate(server.address("/ui/dataset-product?id=990000001").toString());
                assertThat(page.locator(".dataset-text")).containsText("<b>très</b>");
                assertThat(page.locator("tbody tr")).containsText("Load " + load[0]);
            });
            pages.visitInFrench("/ui/dataset-products?text=ecran+ete", page -> {
                // the newest product is the last that is looked at, which a busy machine may leave to the next page
                for (int more = 0; more < 20 && page.locator("tbody tr").count() == 0; more++) {
                    link(page, "Page suivante").click();
                }
                assertThat(page.locator("tbody tr")).hasCount(1);
            });
            pages.visitInFrench("/ui/dataset-load?id=" + load[0], page -> {
                assertThat(page.locator("main")).containsText("Lignes rejetées");
                ControlRoomPages.check(page, "fr");
            });
            rollBack(server, pages, load[0]);
        }
    }

    private static void rollBack(Distribution server, ControlRoomPages pages, String load) {
        pages.visit("/ui/dataset-load?id=1", page -> {
            page.locator("#roll-back summary").click();
            page.getByLabel("Why").fill("too early");
            button(page, "Roll back").click();
            assertThat(page.locator("#rollback-result")).containsText("roll back load " + load + " first");
        });
        pages.visit("/ui/dataset-load?id=" + load, page -> {
            page.locator("#roll-back summary").click();
            page.getByLabel("Why").fill("wrong file");
            button(page, "Roll back").click();
            assertThat(page.locator("section[aria-labelledby=load-changes]")).containsText("wrong file");
            assertThat(page.locator("#roll-back")).hasCount(0);
            ControlRoomPages.check(page, "en");
            ControlRoomPages.screenshot(page, "dataset-load-rolled-back-light-1280");
            page.navigate(server.address("/ui/dataset-product?id=990000001").toString());
            assertThat(page.locator("section[aria-labelledby=changes]")).containsText("Rolled back");
            assertThat(page.locator("section[aria-labelledby=changes]")).containsText("Écran tactile");
        });
        pages.look(
                "dataset-loads-rolled-back",
                "/ui/dataset-loads",
                page -> assertThat(page.locator("tbody tr").first()).containsText("wrong file"));
        assertThat(server.json("/api/v1/datasets/current/statistics")
                        .path("products")
                        .asInt())
                .isEqualTo(TrainedServer.SAMPLE_ROWS);
    }

    @Test
    void aDatasetVersionIsMadeOnceAndItsFilesAreDownloaded() {
        try (Distribution server = TrainedServer.copy("dataset-versions")) {
            server.start();
            ControlRoomPages pages = ControlRoomPages.of(server);
            String[] made = new String[1];
            pages.visit("/ui/dataset-versions", page -> {
                assertThat(page.locator("main")).containsText("No version has been made yet");
                page.getByLabel("Balancing").selectOption("oversample");
                page.getByLabel("Rows of each class").fill("0");
                button(page, "Make the version").click();
                assertThat(page.locator("#make-result")).containsText("Rows of each class 0; must be 1..1000000");
                page.getByLabel("Rows of each class").fill("200");
                button(page, "Make the version").click();
                page.waitForURL(Pattern.compile(".*dataset-versions\\?run=run-.*"));
                link(page, "Open the version").click();
                page.waitForURL(Pattern.compile(".*dataset-version\\?id=[0-9a-f]{16}"));
                made[0] = page.url().replaceAll(".*id=", "");
                Download test =
                        page.waitForDownload(() -> link(page, "test.parquet").click());
                assertThat(bytes(test.path())).startsWith('P', 'A', 'R', '1').endsWith('P', 'A', 'R', '1');
                link(page, "train_week_21.parquet").waitFor();
            });
            JsonNode version = server.json("/api/v1/datasets/" + made[0]);
            assertThat(version.path("train_rows").asInt()
                            + version.path("test_rows").asInt()
                            + version.path("left_out_rows").asInt())
                    .isEqualTo(TrainedServer.SAMPLE_ROWS);
            assertThat(version.path("classes").size()).isGreaterThan(20);
            version.path("classes")
                    .forEach(one -> assertThat(one.path("written").asInt()).isGreaterThanOrEqualTo(200));
            assertThat(server.json("/api/v1/runs?experiment=rakuten_dataset_versioning")
                            .path("items")
                            .path(0)
                            .path("id")
                            .asText())
                    .isEqualTo(version.path("registry_run").asText());
            JsonNode again =
                    server.run("generate-dataset", Map.of("balancing_strategy", "oversample", "balanced_size", "200"));
            assertThat(again.path("outcome").path("dataset_version").asText()).isEqualTo(made[0]);
            pages.look(
                    "dataset-version",
                    "/ui/dataset-version?id=" + made[0],
                    page -> assertThat(page.locator(".dataset-files li")).hasCount(2));
            pages.look(
                    "dataset-versions",
                    "/ui/dataset-versions",
                    page -> assertThat(page.locator("tbody tr")).hasCount(1));
        }
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileWithARepeatedColumnIsNotOfferedForLoading() {
        try (Distribution server = TrainedServer.copy("dataset-columns")) {
            server.start();
            ControlRoomPages.of(server).visitInFrench("/ui/dataset-upload", page -> {
                page.getByLabel("Fichier de produits")
                        .setInputFiles(file("twice.csv", ",designation,designation,productid,imageid\n0,A,B,1,\n"));
                button(page, "Envoyer et voir les premières lignes").click();
                page.waitForURL(Pattern.compile(".*dataset-upload\\?id=[0-9a-f]{16}"));
                assertThat(page.locator("main")).containsText("plus d’une colonne 'designation'");
                assertThat(button(page, "Charger dans le catalogue")).hasCount(0);
                ControlRoomPages.check(page, "fr");
                ControlRoomPages.screenshot(page, "dataset-upload-problem-fr");
            });
        }
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
