package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as a user sees it, in a real browser. */
class UserInterfaceIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

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
    void theHomePageShowsTheLiveModelAndPredicts() {
        boolean there = Files.isExecutable(CHROMIUM);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(CHROMIUM + " is missing; make test installs it");
        }
        assumeTrue(there, CHROMIUM + " is missing; make test installs it");
        Distribution server = TrainedServer.shared();
        // the system's browser is used; the library's own is never downloaded
        Playwright.CreateOptions create =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        try (Playwright playwright = Playwright.create(create);
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(CHROMIUM)
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync")))) {
            Page page = browser.newPage();
            List<String> errors = new ArrayList<>();
            page.onPageError(errors::add);
            page.navigate(server.address("/ui/").toString());
            assertThat(page.locator("body").innerText()).contains("rakuten_classifier");

            page.getByLabel(Pattern.compile("designation|title", Pattern.CASE_INSENSITIVE))
                    .first()
                    .fill("Piscine tubulaire hors sol avec pompe de filtration");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(Pattern.compile("predict", Pattern.CASE_INSENSITIVE)))
                    .first()
                    .click();
            page.getByText("2583").first().waitFor();
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(server.state().resolveSibling("home-page.png"))
                    .setFullPage(true));
            assertThat(errors).isEmpty();
        }
    }
}
