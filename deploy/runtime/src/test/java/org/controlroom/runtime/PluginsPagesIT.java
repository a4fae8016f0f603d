package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of plugins: looked at, settings, and an update under traffic that is watched, taken back and refused. */
class PluginsPagesIT {

    private static final String ID = "classifier-liblinear";
    private static final String DETAIL = "/ui/plugins-detail?id=" + ID;

    private static Distribution server;
    private static ControlRoomPages pages;
    private static Path jars;

    @BeforeAll
    static void start() throws IOException {
        server = TrainedServer.copy("plugins");
        pages = ControlRoomPages.of(server);
        server.start();
        jars = Files.createDirectories(server.state().resolveSibling("plugin-jars"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void thePagesAreReadableInEveryThemeWidthAndLanguage() throws IOException {
        pages.look(
                "plugins",
                "/ui/plugins",
                page -> assertThat(page.locator("main").innerText())
                        .contains(ID, "live model rakuten_classifier", "Feature extractor"));
        pages.look(
                "plugins-detail",
                DETAIL,
                page -> assertThat(page.locator("main").innerText()).contains("Cost (C)", "0.000001", "Calls since"));
        String lacking = upload(version("0.9.0", "org.nowhere;version=\"[2,3)\""));
        pages.look(
                "plugins-upload-refused",
                "/ui/plugins-upload?id=" + lacking,
                page -> assertThat(page.locator("main").innerText()).contains("cannot be installed", "org.nowhere"));
        pages.visitInFrench(
                "/ui/plugins",
                page -> assertThat(page.locator("main").innerText())
                        .contains("Installés", "Extracteur de caractéristiques", "Classifieur linéaire"));
        pages.visitInFrench(
                DETAIL,
                page -> assertThat(page.locator("main").innerText())
                        .contains("Coût (C)", "Poids de la perte", "Plage : 0.000001"));
        pages.visitInFrench(
                "/ui/training-start",
                page -> assertThat(page.locator("main").innerText()).contains("Graine", "Coût (C)"));
    }

    @Test
    void wrongSettingsAreShownBesideTheirFieldsAllAtOnceAndRightOnesAreStoredAndReset() {
        pages.visit(DETAIL, page -> {
            page.locator("#setting_cost").fill("abc");
            page.locator("#setting_epsilon").fill("7");
            page.locator("#save").click();
            page.getByText("2 values are wrong").waitFor();
            assertThat(page.locator("#help_cost").innerText()).contains("'abc' is not a number");
            assertThat(page.locator("#help_epsilon").innerText()).contains("out of range");
            assertThat(page.locator("#setting_cost").inputValue()).isEqualTo("abc");
            ControlRoomPages.check(page, "en");
            ControlRoomPages.screenshot(page, "plugins-settings-wrong");
        });
        assertThat(settings().path("stored")).isEmpty();

        pages.visit(DETAIL, page -> {
            page.locator("#setting_cost").fill("2.5");
            page.locator("#save").click();
            page.getByText("The settings are stored").waitFor();
        });
        assertThat(settings().path("values").path("cost").asText()).isEqualTo("2.5");
        assertThat(settings().path("stored")).hasSize(1);

        pages.visit(DETAIL, page -> {
            page.locator("#reset").click();
            page.locator("#confirm button[value=yes]").click();
            page.getByText("All settings have their defaults again").waitFor();
        });
        assertThat(settings().path("stored")).isEmpty();
    }

    @Test
    void whatTheLiveModelUsesIsNeitherStoppedNorRemovedAndOthersAre() {
        pages.visit(DETAIL, page -> {
            press(page, "Remove");
            page.locator("#action-result .problem").waitFor();
            assertThat(page.locator("#action-result").innerText()).contains("is used by live model rakuten_classifier");
        });
        pages.visit("/ui/plugins-detail?id=extractor-hashing", page -> {
            press(page, "Stop");
            page.getByText("The version has been stopped").waitFor();
            page.waitForLoadState(); // before it, a button is not yet connected to its script
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start"))
                    .click();
            page.getByText("The version has been started").waitFor();
        });
    }

    @Test
    void anUpdateUnderTrafficIsWatchedTakenBackAndAnUnfitOneIsRefusedAndNoCallFails() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        Thread traffic = new Thread(() -> {
            while (!over.get()) {
                int status = server.post("/predict", "{\"designation\":\"Livre de Java\"}")
                        .statusCode();
                (status == 200 ? answered : failed).incrementAndGet();
            }
        });
        traffic.start();
        try {
            updateWatchAndTakeBack();
            String unfit = upload(version("1.0.0", ""));
            pages.visit("/ui/plugins-upload?id=" + unfit, page -> {
                assertThat(page.locator("main").innerText()).contains("cannot be loaded with it");
                page.locator("#update").click();
                page.getByText("The change failed").waitFor();
                assertThat(page.locator("main").innerText())
                        .contains("was undone", "The version that was there goes on serving");
            });
        } finally {
            over.set(true);
            traffic.join();
        }
        assertThat(failed).hasValue(0);
        assertThat(answered).hasPositiveValue();
    }

    private static void updateWatchAndTakeBack() throws IOException {
        Path newer = version("0.2.0", "");
        pages.visit("/ui/plugins", page -> {
            page.locator("#jar").setInputFiles(newer);
            page.getByText("Upload and check").click();
            page.getByText("This jar is an update").waitFor();
            ControlRoomPages.check(page, "en");
            ControlRoomPages.screenshot(page, "plugins-upload");
            page.locator("#update").click();
            page.getByText("The change is done").waitFor();
            Locator errors = page.locator(".metric").nth(1).locator(".metric-value");
            page.waitForCondition(() -> rowOf(page, "0.2.0").matches("(?s).*\\b[1-9]\\d*\\b.*"));
            assertThat(errors.innerText().strip()).isEqualTo("0");
            // the page was opened before there was a figure, and its live part must draw them all the same
            page.waitForFunction("document.getElementById('rates').drawn");
            page.waitForFunction("document.getElementById('rates').drawn.data.labels.length > 1");
            ControlRoomPages.check(page, "en");
            ControlRoomPages.screenshot(page, "plugins-change");
            page.locator("#back").click();
            page.locator("#confirm button[value=yes]").click();
            page.getByText("Put back " + ID).first().waitFor();
            page.getByText("The change is done").waitFor();
        });
        List<String> installed = Stream.of(server.json("/api/v1/plugins/" + ID).path("items"))
                .flatMap(items -> Stream.of(items.get(0).path("version").asText()))
                .toList();
        assertThat(installed).containsExactly("0.1.0");
    }

    @Test
    void anAddressThatNamesNothingLeadsToTheListInsteadOfShowingAnotherPlugin() {
        for (String path : List.of("plugins-detail", "plugins-detail?id=", "plugins-change", "plugins-upload")) {
            pages.visit("/ui/" + path, page -> {
                assertThat(page.locator("main").innerText()).contains("The address names no");
                assertThat(page.locator("main form").count()).isZero();
                page.getByText("All plugins").click();
                page.getByText("classifier-liblinear").first().waitFor();
            });
        }
    }

    private static String rowOf(Page page, String version) {
        Locator row = page.locator("#watch tr")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("new version")));
        return row.count() == 0 ? "" : row.first().innerText().replace(version, "");
    }

    private static void press(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .first()
                .click();
        page.locator("#confirm button[value=yes]").click();
    }

    private static JsonNode settings() {
        return server.json("/api/v1/plugins/" + ID + "/settings");
    }

    /** Uploads as the page does and answers the upload's id. */
    private static String upload(Path jar) {
        String[] id = new String[1];
        pages.visit("/ui/plugins", page -> {
            page.locator("#jar").setInputFiles(jar);
            page.getByText("Upload and check").click();
            page.waitForURL(Pattern.compile(".*plugins-upload\\?id=.*"));
            id[0] = page.url().replaceFirst(".*id=", "");
        });
        return id[0];
    }

    /** The distribution's own plugin under another version. */
    private static Path version(String version, String furtherImport) throws IOException {
        Path target = jars.resolve(ID + "-" + version + ".jar");
        Path original = Distribution.home().resolve("plugins/" + ID + "-0.1.0.jar");
        try (JarFile in = new JarFile(original.toFile());
                OutputStream file = Files.newOutputStream(target)) {
            Manifest manifest = new Manifest(in.getManifest());
            Attributes headers = manifest.getMainAttributes();
            headers.putValue("Bundle-Version", version);
            if (!furtherImport.isEmpty()) {
                headers.putValue("Import-Package", headers.getValue("Import-Package") + "," + furtherImport);
            }
            try (JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : in.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        in.getInputStream(entry).transferTo(out);
                    }
                }
            }
        }
        return target;
    }
}
