package org.controlroom.notifications;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/** POSTs JSON to other people's servers, patiently for some seconds, without following them elsewhere. Thread-safe. */
public final class HttpSender {

    /** The longest that one attempt takes. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            // without it each request to a plain address asks for an upgrade to HTTP/2, which some receivers refuse
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE.dividedBy(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * Sends one body; any 2xx is success.
     *
     * @throws ControlRoomException RECEIVER_UNAVAILABLE naming the host, never the path, which may be a secret
     */
    public void post(URI address, Map<String, String> headers, byte[] json) {
        String host = host(address);
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json; charset=utf-8")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json));
            headers.forEach(request::header);
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw failed(host, "answered " + status, null);
            }
        } catch (IOException e) {
            throw failed(host, reason(e), e);
        } catch (IllegalArgumentException e) {
            throw failed(host, "is no address to send to", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(host, "was not waited for, because the server ends", e);
        }
    }

    /** Host and port, without path, parameters and user. */
    static String host(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    private static String reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return "did not answer within " + PATIENCE.toSeconds() + " s";
        }
        // The client's own exceptions often have no message.
        return (e instanceof ConnectException
                        ? "cannot be reached"
                        : e.getClass().getSimpleName())
                + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    private static ControlRoomException failed(String host, String what, @Nullable Exception cause) {
        return new ControlRoomException(ErrorCode.RECEIVER_UNAVAILABLE, host + " " + what, cause);
    }
}
