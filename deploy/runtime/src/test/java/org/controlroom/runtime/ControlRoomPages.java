package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one server in a real browser. Every visit fails on an error of a script, a line in the console, a missing
 * resource, and a request to another host.
 *
 * <ol>
 *   <li>{@link #of} a server; the one Chromium of this JVM is started at the first visit;
 *   <li>{@link #look} at a page: both languages, both themes, both widths, with accessibility check and screenshots;
 *   <li>{@link #visit} a page to act on it.
 * </ol>
 */
final class ControlRoomPages {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of(Objects.requireNonNull(
                    System.getProperty("controlroom.test.target"), "run by failsafe, which names the folder"))
            .resolve("screenshots");
    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int HEIGHT = 900;

    private static @Nullable Browser browser;

    private final Distribution server;

    private ControlRoomPages(Distribution server) {
        this.server = server;
    }

    /** Skips the test where there is no Chromium, but not on a build server. */
    static ControlRoomPages of(Distribution server) {
        boolean there = Files.isExecutable(CHROMIUM);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(CHROMIUM + " is missing; make test installs it");
        }
        assumeTrue(there, CHROMIUM + " is missing; make test installs it");
        return new ControlRoomPages(server);
    }

    /** In English, light and wide. */
    void visit(String path, Consumer<Page> what) {
        visit("en", ColorScheme.LIGHT, WIDE, path, what);
    }

    /** In French, light and wide. */
    void visitInFrench(String path, Consumer<Page> what) {
        visit("fr", ColorScheme.LIGHT, WIDE, path, what);
    }

    /**
     * Looks at a page in both themes and widths, and in French: no serious accessibility finding, nothing wider than the
     * window, a title and one main heading. Keeps {@code screenshots/NAME-{light,dark}-{1280,390}.png}. Light, the page is
     * loaded wide and made narrow; dark, it is the other way round.
     *
     * @param ready waits for and asserts what the page shows, after each load
     */
    void look(String name, String path, Consumer<Page> ready) {
        look(name, path, ready, ColorScheme.LIGHT, WIDE, NARROW);
        look(name, path, ready, ColorScheme.DARK, NARROW, WIDE);
        visitInFrench(path, page -> {
            check(page, "fr");
            screenshot(page, name + "-fr");
        });
    }

    private void look(String name, String path, Consumer<Page> ready, ColorScheme theme, int loaded, int resized) {
        visit("en", theme, loaded, path, page -> {
            ready.accept(page);
            check(page, "en");
            screenshot(page, name, theme, loaded);
            page.setViewportSize(resized, HEIGHT);
            // what is drawn anew for the other width
            page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
            check(page, "en");
            screenshot(page, name, theme, resized);
        });
    }

    private static void screenshot(Page page, String name, ColorScheme theme, int width) {
        screenshot(page, name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + width);
    }

    /** In English, light and wide; what the browser complains about while it has no connection is passed over. */
    void visitLosing(String path, Consumer<Page> what) {
        visit(
                "en",
                ColorScheme.LIGHT,
                WIDE,
                path,
                page -> {
                    List<String> lost = new ArrayList<>();
                    page.onRequestFailed(request -> lost.add(request.url()));
                    what.accept(page);
                    assertThat(lost).as("requests that failed").isNotEmpty();
                },
                complaint -> !complaint.contains("ERR_INTERNET_DISCONNECTED"));
    }

    /** In a language, light and wide; error statuses and scripts that did not arrive are passed over. */
    void visitFailing(String language, String path, Consumer<Page> what) {
        visit(
                language,
                ColorScheme.LIGHT,
                WIDE,
                path,
                what,
                complaint -> !complaint.matches("(?s)(4\\d\\d|500) http.*|console: Failed to load resource.*"
                        + "|script: ReferenceError: (\\$|PrimeFaces) is not defined.*"));
    }

    /** Opens a page, does something there, and fails if the browser had anything to complain about. */
    void visit(String language, ColorScheme theme, int width, String path, Consumer<Page> what) {
        visit(language, theme, width, path, what, complaint -> true);
    }

    private void visit(
            String language,
            ColorScheme theme,
            int width,
            String path,
            Consumer<Page> what,
            Predicate<String> matters) {
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setLocale(language)
                .setTimezoneId("Europe/Paris")
                .setColorScheme(theme)
                .setViewportSize(width, HEIGHT);
        try (BrowserContext context = browser().newContext(options)) {
            Page page = context.newPage();
            List<String> complaints = listen(page);
            page.navigate(server.address(path).toString());
            what.accept(page);
            complaints.removeIf(matters.negate());
            assertThat(complaints).as("complaints of the browser about " + path).isEmpty();
        }
    }

    private List<String> listen(Page page) {
        List<String> complaints = new ArrayList<>();
        String ours = server.address("/").toString();
        page.onPageError(error -> complaints.add("script: " + error));
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add("console: " + message.text());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 400) {
                complaints.add(response.status() + " " + response.url());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(ours) && !request.url().matches("(data|blob|about):.*")) {
                complaints.add("another host: " + request.url());
            }
        });
        return complaints;
    }

    /** What holds for every page in every state; for a page that a test has brought into a state of its own. */
    static void check(Page page, String language) {
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
        assertThat(page.title()).as("title").isNotBlank().doesNotContain("???");
        assertThat(page.locator("h1").count()).as("main headings").isEqualTo(1);
        assertThat(page.locator("body").innerText()).as("texts").doesNotContain("???");
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels that the page is wider than the window")
                .isEqualTo(0);
        assertThat(page.evaluate(BEYOND_THE_EDGE))
                .as("what stands beyond an edge")
                .isEqualTo(List.of());
        assertThat(accessibilityFindings(page)).as("accessibility").isEmpty();
    }

    /** Tables and the tab of the page that must be moved to be seen; a comparison of runs may be as wide as its runs. */
    private static final String BEYOND_THE_EDGE = """
            () => {
              const beyond = [];
              document.querySelectorAll('main .scroll:has(> table.table:not(.compare))').forEach(place => {
                if (place.scrollWidth > place.clientWidth + 1) {
                  beyond.push('table ' + place.innerText.slice(0, 60));
                }
              });
              document.querySelectorAll('.tabs [aria-current=page]').forEach(tab => {
                const box = tab.getBoundingClientRect();
                const bar = tab.parentElement.getBoundingClientRect();
                if (box.left < bar.left - 1 || box.right > bar.right + 1) {
                  beyond.push('tab ' + tab.innerText);
                }
              });
              return beyond;
            }""";

    /** Of less weight, but about what every page has. */
    private static final Set<String> ALSO = Set.of("landmark-unique");

    /** Serious and critical findings of axe against WCAG 2.1 AA, and those named above, one line each. */
    static List<String> accessibilityFindings(Page page) {
        page.evaluate(AXE);
        String json = (String)
                page.evaluate("async () => JSON.stringify((await axe.run(document, {resultTypes: ['violations'],"
                        + " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})).violations)");
        List<String> findings = new ArrayList<>();
        for (JsonNode finding : Distribution.read(json)) {
            String impact = finding.path("impact").asText();
            if (impact.equals("serious")
                    || impact.equals("critical")
                    || ALSO.contains(finding.path("id").asText())) {
                for (JsonNode node : finding.path("nodes")) {
                    findings.add(finding.path("id").asText() + ": "
                            + node.path("failureSummary").asText().replaceAll("\\s+", " ") + " at "
                            + node.path("html").asText());
                }
            }
        }
        return findings;
    }

    /** The whole page as {@code screenshots/NAME.png}. */
    static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static synchronized Browser browser() {
        Browser running = browser;
        if (running == null) {
            // the system's browser is used; the library's own is never downloaded
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            running = playwright
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
                                    "--disable-sync")));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "close-browser"));
            browser = running;
        }
        return running;
    }

    private static final String AXE = read("axe.min.js");

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(
                ControlRoomPages.class.getClassLoader().getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
