package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What surrounds every page, as a user sees it in a real browser. */
class UserInterfaceIT {
    /** A page waits in its thread for what it asks the API; more pages at once than the server has threads. */
    @Test
    void pagesThatWaitForTheApiDoNotStopTheApi() throws Exception {
        Distribution server = TrainedServer.shared();
        server.get("/ui/");
        List<Callable<HttpResponse<String>>> readers = Collections.nCopies(32, () -> server.get("/ui/"));
        ExecutorService threads = Executors.newFixedThreadPool(readers.size());
        try {
            for (Future<HttpResponse<String>> reader : threads.invokeAll(readers)) {
                assertThat(reader.get().statusCode()).isEqualTo(200);
                assertThat(reader.get().body()).contains("rakuten_classifier");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void themeAndLanguageAreKept() {
        ControlRoomPages.of(TrainedServer.shared()).visit("/ui/", page -> {
            page.getByText("Dark", new Page.GetByTextOptions().setExact(true)).click();
            page.getByText("Français").click();
            page.getByText("Accueil").first().waitFor();
            assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("fr");
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(16, 21, 27)");
        });
    }

    @Test
    void theReferenceOfTheApiFollowsTheThemeAndLeadsBack() {
        ControlRoomPages.of(TrainedServer.shared()).visit("/docs?theme=dark", page -> {
            page.locator("#swagger-ui .opblock-tag").first().waitFor();
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(28, 32, 34)");
            ControlRoomPages.screenshot(page, "docs-dark");
            page.getByText("Errors").first().click();
            page.getByText("NO_LIVE_MODEL").waitFor();
            assertThat(page.locator("html").getAttribute("class")).contains("dark-mode");
            ControlRoomPages.screenshot(page, "docs-problems-dark");
            page.getByText("Back to the control room").click();
            page.locator("#live").waitFor();
        });
    }

    @Test
    void theQuestionMarkListsTheKeys() {
        ControlRoomPages.of(TrainedServer.shared()).visit("/ui/", page -> {
            page.keyboard().press("?");
            assertThat(page.locator("#keys").innerText()).contains("Esc");
            ControlRoomPages.check(page, "en");
            page.keyboard().press("Escape");
            assertThat(page.locator("#keys").isVisible()).isFalse();
        });
    }

    @Test
    void theMenuOpensOnANarrowScreen() {
        ControlRoomPages.of(TrainedServer.shared()).visit("en", ColorScheme.DARK, 390, "/ui/", page -> {
            assertThat(page.locator("#menu").isVisible()).isFalse();
            page.locator(".menu-button").click();
            assertThat(page.locator("#menu").isVisible()).isTrue();
            ControlRoomPages.check(page, "en");
            ControlRoomPages.screenshot(page, "menu-dark-390");
        });
    }

    @Test
    void whatAnotherSiteSendsIsRefused() {
        Distribution server = TrainedServer.shared();
        HttpResponse<String> refused = Distribution.send(HttpRequest.newBuilder(server.address("/ui/"))
                .header("Origin", "http://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("http://elsewhere.example");
    }
}
