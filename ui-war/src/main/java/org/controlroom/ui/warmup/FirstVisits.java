package org.controlroom.ui.warmup;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Opens each page once, one after the other, in a thread that nobody waits for.
 *
 * <ol>
 *   <li>It waits until the node is ready, for {@link #READY_WITHIN} at most. Not ready means that there is no model yet; what
 *       pages then ask for in vain would be counted as errors of readers.
 *   <li>It opens the home page at the listener that the pages ask the API at, and follows the links to other pages and to
 *       what pages load, each path once. Pages are only read, and nothing is predicted, so no figure of the traffic counts
 *       it.
 *   <li>It ends after {@link #PATHS_AT_MOST} paths or {@link #AT_MOST}, and whatever happens to it is only logged.
 * </ol>
 *
 * Where the pages do not share a server with the API, the address of the server is not known, and nothing is opened; nor is
 * it where {@value #KEY} is {@code false}.
 */
@WebListener
public class FirstVisits implements ServletContextListener {

    static final String KEY = "controlroom.ui.first-visits";

    private static final Logger LOG = Logger.getLogger(FirstVisits.class.getName());
    private static final Duration READY_WITHIN = Duration.ofMinutes(30);
    private static final Duration AT_MOST = Duration.ofSeconds(90);
    private static final int PATHS_AT_MOST = 80;
    private static final long POLL_MS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private volatile @Nullable Thread visitor;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Config config = ConfigProvider.getConfig();
        URI api = config.getOptionalValue("controlroom.api.url", URI.class).orElse(null);
        if (!areWanted(config.getOptionalValue(KEY, String.class))
                || api == null
                || !LOOPBACK.contains(String.valueOf(api.getHost()))) {
            return;
        }
        ServletContext pages = event.getServletContext();
        Thread thread = new Thread(() -> open(pages, api), "first-visits");
        thread.setDaemon(true);
        visitor = thread;
        thread.start();
    }

    /** @throws IllegalArgumentException naming the key, the value and what is allowed */
    static boolean areWanted(Optional<String> value) {
        String text = value.map(String::strip).filter(set -> !set.isEmpty()).orElse("true");
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(KEY + " is '" + value.orElse("") + "'; must be true or false");
        }
        return text.equals("true");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Thread thread = visitor;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private static void open(ServletContext pages, URI api) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        try {
            if (!awaitReady(http, api)) {
                LOG.info("the pages were not opened in advance: no model after " + READY_WITHIN);
                return;
            }
            long opening = System.nanoTime();
            int opened = follow(pages, http, api.resolve(pages.getContextPath() + "/"), opening);
            LOG.info(() -> "opened " + opened + " pages and what they load for the first time in "
                    + Duration.ofNanos(System.nanoTime() - opening).toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.INFO, e, () -> "the pages were not opened in advance: " + e.getMessage());
        }
    }

    private static boolean awaitReady(HttpClient http, URI api) throws InterruptedException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (get(http, api.resolve("/health/ready"), PATIENCE).statusCode() == 200) {
                    return true;
                }
            } catch (IOException e) {
                // not listening yet
            }
            Thread.sleep(POLL_MS);
        }
        return false;
    }

    /** @return how many pages were opened */
    private static int follow(ServletContext pages, HttpClient http, URI home, long begun)
            throws IOException, InterruptedException {
        Deque<URI> open = new ArrayDeque<>(List.of(home));
        Set<String> known = new HashSet<>(Set.of(home.getPath()));
        int opened = 0;
        while (!open.isEmpty()) {
            Duration left = AT_MOST.minusNanos(System.nanoTime() - begun);
            if (left.isNegative() || left.isZero()) {
                break;
            }
            URI address = open.remove();
            HttpResponse<String> answer = get(http, address, left);
            if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                continue;
            }
            opened++;
            for (URI link : Links.of(address, answer.body())) {
                if (known.size() < PATHS_AT_MOST && isOurs(pages, home, link.getPath()) && known.add(link.getPath())) {
                    open.add(link);
                }
            }
        }
        return opened;
    }

    /** A page, or what a page loads; what servlets of their own answer, downloads for example, is none of it. */
    private static boolean isOurs(ServletContext pages, URI home, String path) {
        if (!path.startsWith(home.getPath())) {
            return false;
        }
        String name = path.substring(home.getPath().length());
        try {
            return name.startsWith("jakarta.faces.resource/")
                    || (!name.isEmpty() && pages.getResource("/" + name + ".xhtml") != null);
        } catch (MalformedURLException e) {
            return false;
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI address, Duration patience)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .timeout(patience)
                        .header("User-Agent", "control-room-first-visits")
                        .build(),
                BodyHandlers.ofString());
    }
}
