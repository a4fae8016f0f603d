package org.controlroom.api.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.controlroom.core.port.RunCallbacks;

/**
 * Tells those who asked for it that their run has ended: POSTs the run as JSON, signed by HMAC-SHA256, and tries again
 * until the receiver answers with a 2xx.
 */
final class CallbackSender {

    /** Says {@code sha256=} and the HMAC of the body, in lower-case hexadecimal digits. */
    static final String SIGNATURE = "X-Control-Room-Signature";

    /** Says the id of the run; the same at each attempt. */
    static final String RUN = "X-Control-Room-Run";

    private static final Logger LOG = Logger.getLogger(CallbackSender.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 8;
    private static final int AT_ONCE = 20;

    private final RunCallbacks callbacks;
    private final Function<String, String> run;
    private final String secret;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param run by its id, as JSON */
    CallbackSender(RunCallbacks callbacks, Function<String, String> run, String secret, InstantSource clock) {
        this.callbacks = callbacks;
        this.run = run;
        this.secret = secret;
        this.clock = clock;
    }

    /** Sends what is due; never throws. */
    void tick() {
        try {
            for (RunCallbacks.Callback callback : callbacks.due(clock.instant(), AT_ONCE)) {
                if (callbacks.take(callback, clock.instant().plus(PATIENCE.multipliedBy(3)))) {
                    send(callback);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.fine("callbacks: " + e.getMessage());
        }
    }

    private void send(RunCallbacks.Callback callback) throws InterruptedException {
        String problem;
        try {
            byte[] body = run.apply(callback.runId()).getBytes(StandardCharsets.UTF_8);
            HttpRequest request = HttpRequest.newBuilder(URI.create(callback.url()))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header(RUN, callback.runId())
                    .header(SIGNATURE, "sha256=" + signature(body, secret))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                callbacks.delivered(callback.runId());
                return;
            }
            problem = "answered " + status;
        } catch (IOException | IllegalArgumentException e) {
            problem = String.valueOf(e);
        }
        int made = callback.attempts() + 1;
        if (made >= ATTEMPTS) {
            LOG.warning("callback of run " + callback.runId() + " given up after " + made + " attempts: " + problem);
            callbacks.givenUp(callback.runId(), problem);
        } else {
            Instant again = clock.instant().plus(FIRST_DELAY.multipliedBy(1L << made));
            callbacks.failed(callback.runId(), problem, again);
        }
    }

    static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
