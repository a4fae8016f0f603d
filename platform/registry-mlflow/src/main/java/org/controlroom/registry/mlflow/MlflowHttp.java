package org.controlroom.registry.mlflow;

import java.io.FileNotFoundException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.controlroom.core.json.Json;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What MLflow's Java client cannot do: artifact files, and calls with DELETE. Thread-safe. */
final class MlflowHttp {

    private static final String API = "/api/2.0/";
    private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(5);

    private final MlflowSettings settings;
    private final ServerErrors errors;
    private final Attempts attempts;
    private final HttpClient client;

    MlflowHttp(MlflowSettings settings, ServerErrors errors, Attempts attempts) {
        this.settings = settings;
        this.errors = errors;
        this.attempts = attempts;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(
                        settings.timeout().compareTo(MOST_TO_CONNECT) < 0 ? settings.timeout() : MOST_TO_CONNECT);
        if (settings.trust() != null) {
            builder.sslContext(settings.trust());
        }
        client = builder.build();
    }

    /** A change that must not be made twice: one attempt, because without an answer nobody knows whether it was made. */
    Json postOnce(String what, String path, Json body) {
        String answer = text(
                what,
                settings.timeout(),
                request("mlflow/" + path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.write())));
        try {
            return Json.parse(answer);
        } catch (ControlRoomException e) {
            throw errors.strange(what, e);
        }
    }

    /** @param path of the route, for example {@code registered-models/alias} */
    void delete(String what, String path, Json body) {
        send(what, "DELETE", path, body);
    }

    /** The same with a change that may be made twice. */
    void patch(String what, String path, Json body) {
        send(what, "PATCH", path, body);
    }

    private void send(String what, String method, String path, Json body) {
        attempts.until(
                settings.timeout(),
                left -> text(
                        what,
                        left,
                        request("mlflow/" + path)
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(body.write()))));
    }

    /** @param path of the file below the server's artifacts, as an artifact address has it */
    void put(String what, String path, Path file) {
        attempts.until(settings.fileTimeout(), left -> {
            try {
                return text(what, left, upload(path, BodyPublishers.ofFile(file)));
            } catch (FileNotFoundException e) {
                throw new ControlRoomException(ErrorCode.STORAGE_FAILED, what + ": cannot read " + file, e);
            }
        });
    }

    /** The same with a short text. */
    void put(String what, String path, String text) {
        attempts.until(settings.fileTimeout(), left -> text(what, left, upload(path, BodyPublishers.ofString(text))));
    }

    /**
     * Reads a file.
     *
     * @param reader what becomes of its bytes; made anew for each attempt
     * @return what it made of them; empty when there is no such file
     */
    <T> Optional<T> get(String what, String path, Supplier<BodySubscriber<T>> reader) {
        return attempts.until(settings.fileTimeout(), left -> {
            BodyHandler<Body<T>> handler = answer -> answer.statusCode() < 400
                    ? BodySubscribers.mapping(reader.get(), read -> new Body<>(read, ""))
                    : BodySubscribers.mapping(
                            BodySubscribers.ofString(StandardCharsets.UTF_8), refusal -> new Body<>(null, refusal));
            HttpResponse<Body<T>> answer =
                    send(what, left, request(artifact(path)).GET(), handler);
            return found(what, answer.statusCode(), answer.body().refusal)
                    ? Optional.ofNullable(answer.body().read)
                    : Optional.empty();
        });
    }

    /** A file's content, or why there is none. */
    private record Body<T>(@Nullable T read, String refusal) {}

    /** Truncated first: the usual subscriber leaves the end of a longer file that was there. */
    static BodySubscriber<Path> ofNewFile(Path target) {
        return BodySubscribers.ofFile(
                target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Reads a short text; empty when there is no such file. */
    Optional<String> text(String what, String path) {
        return attempts.until(settings.fileTimeout(), left -> {
            HttpResponse<String> answer =
                    send(what, left, request(artifact(path)).GET(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return found(what, answer.statusCode(), answer.body()) ? Optional.of(answer.body()) : Optional.empty();
        });
    }

    private boolean found(String what, int status, String body) {
        if (status < 400) {
            return true;
        }
        if (status == 404 || ServerErrors.isNotFound(body)) {
            return false;
        }
        throw errors.refusal(what, status, body);
    }

    private String text(String what, Duration left, HttpRequest.Builder request) {
        HttpResponse<String> answer = send(what, left, request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() >= 400) {
            throw errors.refusal(what, answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    private HttpRequest.Builder upload(String path, BodyPublisher body) {
        return request(artifact(path))
                .header("Content-Type", "application/octet-stream")
                .PUT(body);
    }

    private static String artifact(String path) {
        StringBuilder encoded = new StringBuilder("mlflow-artifacts/artifacts");
        for (String part : path.split("/", -1)) {
            encoded.append('/')
                    .append(URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return encoded.toString();
    }

    private HttpRequest.Builder request(String route) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.base() + API + route));
        MlflowSettings.Credentials credentials = settings.credentials();
        if (credentials instanceof MlflowSettings.Basic basic) {
            byte[] pair = (basic.user() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        } else if (credentials instanceof MlflowSettings.Token token) {
            request.header("Authorization", "Bearer " + token.token());
        }
        return request;
    }

    /** The request's own time-out ends with the head of the answer, so the whole exchange has one here. */
    private <T> HttpResponse<T> send(String what, Duration left, HttpRequest.Builder request, BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request.build(), handler);
        try {
            return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw errors.late(what, left.toMillis());
        } catch (ExecutionException e) {
            throw errors.unreachable(what, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw errors.unreachable(what, e);
        }
    }
}
