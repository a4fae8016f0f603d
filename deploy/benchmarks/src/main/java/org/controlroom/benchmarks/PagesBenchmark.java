package org.controlroom.benchmarks;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pages in a real browser. {@code ready URL FIGURES NOTE} follows the links from the home page and measures how long
 * each page takes until it has loaded, in a browser that has nothing of it yet; {@code open URL} only opens them;
 * {@code watch URL BROWSERS SECONDS} keeps
 * the home page open.
 */
public final class PagesBenchmark {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int PAGES_AT_MOST = 40;
    private static final int VISITS = 3;
    private static final double READY_MS = 1_000;
    private static final String LINKS =
            "() => [...document.querySelectorAll('a[href]')].filter(a => !a.download).map(a => a.href)";
    private static final String LOADED_MS =
            "() => { const n = performance.getEntriesByType('navigation')[0]; return n.loadEventEnd - n.startTime; }";

    private PagesBenchmark() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        // the system's browser is used; the library's own is never downloaded
        Playwright.CreateOptions create =
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        BrowserType.LaunchOptions launch = new BrowserType.LaunchOptions()
                .setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"));
        try (Playwright playwright = Playwright.create(create);
                Browser browser = playwright.chromium().launch(launch)) {
            switch (args[0]) {
                case "ready" -> ready(browser, args[1], Figures.in(Path.of(args[2])), args[3]);
                case "open" -> followLinks(browser, args[1]);
                case "watch" -> watch(browser, args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
                default -> throw new IllegalArgumentException(args[0] + "; must be ready, open or watch");
            }
        }
    }

    /** @param slowestMs of the page {@code slowest}, one of {@code pages} */
    private record Visits(String slowest, double slowestMs, int pages) {}

    private static void ready(Browser browser, String home, Figures figures, String note) throws IOException {
        Visits visits = followLinks(browser, home);
        figures.atMost(
                "slowest page until loaded",
                visits.slowestMs,
                READY_MS,
                "ms",
                visits.slowest + " of " + visits.pages + " pages, median of " + VISITS + ", empty browser; " + note);
    }

    private static Visits followLinks(Browser browser, String home) throws IOException {
        Map<String, String> addresses = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(home));
        addresses.put(path(home), home);
        String slowest = "";
        double slowestMs = 0;
        while (!open.isEmpty()) {
            String address = open.remove();
            double[] visits = new double[VISITS];
            List<String> links = List.of();
            for (int i = 0; i < VISITS; i++) {
                try (BrowserContext empty = browser.newContext()) {
                    Page page = empty.newPage();
                    int status = page.navigate(address).status();
                    if (status != 200) {
                        throw new IOException(address + " answers " + status + "; must be 200");
                    }
                    visits[i] = ((Number) page.evaluate(LOADED_MS)).doubleValue();
                    links = strings(page.evaluate(LINKS));
                }
            }
            double ms = Figures.median(visits);
            System.out.printf(Locale.ROOT, "    %6.0f ms %s%n", ms, address);
            if (ms > slowestMs) {
                slowestMs = ms;
                slowest = path(address);
            }
            for (String link : links) {
                // one address of each kind: pages of the same path differ in their parameters only
                if (link.startsWith(home)
                        && addresses.size() < PAGES_AT_MOST
                        && addresses.putIfAbsent(path(link), link) == null) {
                    open.add(link);
                }
            }
        }
        return new Visits(slowest, slowestMs, addresses.size());
    }

    private static List<String> strings(Object list) {
        List<String> strings = new ArrayList<>();
        ((List<?>) list).forEach(element -> strings.add(String.valueOf(element)));
        return strings;
    }

    private static String path(String address) {
        return URI.create(address).getPath();
    }

    private static void watch(Browser browser, String home, int browsers, int seconds) {
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < browsers; i++) {
            // a context is a browser of its own: cookies, cache, and visible as far as the page can tell
            Page page = browser.newContext().newPage();
            page.navigate(home);
            pages.add(page);
        }
        System.out.println("watching");
        pages.get(0).waitForTimeout(seconds * 1_000.0);
    }
}
