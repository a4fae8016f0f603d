package org.controlroom.launcher;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server's REST routes, as far as the launcher needs them. */
final class Api {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** A model that is imported answers all hold-out products first. */
    private static final Duration FILE_LIMIT = Duration.ofMinutes(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI base;

    /** @param address where the server listens; for one that listens everywhere it is asked on this machine */
    Api(String address, int port) {
        boolean everywhere = address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
        String host = everywhere ? "127.0.0.1" : address;
        this.base = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /**
     * One answer.
     *
     * @param status 0 if the server could not be reached
     */
    record Answer(int status, String body, String location) {

        /** The body as JSON; null if it is none. */
        @Nullable Object json() {
            try {
                return Json.parse(body);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        /** Problem details in one line: title, detail, then the fields that the detail does not have. */
        String problem() {
            return status == 0 ? body : describe(json(), "HTTP " + status);
        }

        static String describe(@Nullable Object problem, String fallback) {
            String title = Json.textAt(problem, "title");
            String detail = Json.textAt(problem, "detail");
            StringBuilder out = new StringBuilder(title.isEmpty() ? fallback : title);
            if (!detail.isEmpty() && !detail.equals(title)) {
                out.append(": ").append(detail);
            }
            for (Object field : Json.listAt(problem, "errors")) {
                String message = Json.textAt(field, "message");
                if (!detail.contains(message)) {
                    out.append("; ")
                            .append(Json.textAt(field, "field"))
                            .append(' ')
                            .append(message);
                }
            }
            return out.toString();
        }
    }

    String address(String path) {
        return base + path;
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    Answer post(String path, String json) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Sends a file; an answer may take minutes. */
    Answer postFile(String path, Path file, String type) {
        try {
            return send(
                    HttpRequest.newBuilder(base.resolve(path))
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofFile(file)),
                    FILE_LIMIT);
        } catch (FileNotFoundException e) {
            return new Answer(0, file + " is not there", "");
        }
    }

    private Answer send(HttpRequest.Builder request) {
        return send(request, LIMIT);
    }

    private Answer send(HttpRequest.Builder request, Duration limit) {
        try {
            HttpResponse<String> response = http.send(request.timeout(limit).build(), BodyHandlers.ofString());
            String location = response.headers().firstValue("Location").orElse("");
            return new Answer(response.statusCode(), response.body(), location);
        } catch (IOException e) {
            return new Answer(0, "the server does not answer (" + Problems.describe(e) + ")", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server", e);
        }
    }
}
