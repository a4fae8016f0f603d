package org.controlroom.api.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.controlroom.api.json.JsonMapping;
import org.controlroom.api.operate.WebhookDeliveries;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Takes the news that MLflow sends by its webhooks, and has the registry looked at when they are about our model. What the
 * news say is not believed: the look finds out what is so.
 *
 * <p>With a secret, news must carry MLflow's signature: header {@code X-MLflow-Signature} is {@code v1,} and the Base64 of
 * the HMAC-SHA256 of {@code DELIVERY_ID.TIMESTAMP.BODY}, where the two come from the headers {@code X-MLflow-Delivery-Id}
 * and {@code X-MLflow-Timestamp} (seconds since 1970). News older than five minutes are refused, so that nobody sends old
 * ones again.
 */
public final class RegistryWebhooks {

    static final String SIGNATURE = "X-MLflow-Signature";
    static final String DELIVERY = "X-MLflow-Delivery-Id";
    static final String TIMESTAMP = "X-MLflow-Timestamp";

    static final int MAX_BODY = 64 * 1024;

    private static final String VERSION = "v1,";
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final JsonMapper JSON = JsonMapping.mapper();

    private final byte @Nullable [] secret;
    private final Runnable look;
    private final WebhookDeliveries deliveries;
    private final InstantSource clock;

    /**
     * @param secret by which news are signed; null when they need no signature
     * @param look has the registry looked at, and does not wait for it
     * @param deliveries is told what came
     */
    public RegistryWebhooks(@Nullable String secret, Runnable look, WebhookDeliveries deliveries, InstantSource clock) {
        this.secret = secret == null ? null : secret.getBytes(StandardCharsets.UTF_8);
        this.look = look;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** What came with the news; null for a header that did not. */
    record Headers(
            @Nullable String signature,
            @Nullable String delivery,
            @Nullable String timestamp) {}

    /**
     * Takes one piece of news.
     *
     * @return whether it is about our model, so that the registry is looked at
     * @throws ControlRoomException TOO_LARGE; INVALID_INPUT for a signature that is missing, wrong or old; MALFORMED_BODY
     */
    boolean take(Headers headers, byte[] body) {
        try {
            boolean ours = check(headers, body);
            deliveries.accepted(clock.instant());
            if (ours) {
                look.run();
            }
            return ours;
        } catch (ControlRoomException e) {
            deliveries.refused(clock.instant(), String.valueOf(e.getMessage()), reason(e));
            throw e;
        }
    }

    /** Of the whole, or of its only mistake. */
    private static @Nullable Reason reason(ControlRoomException e) {
        return e.problems().size() == 1 ? e.problems().get(0).reason() : e.reason();
    }

    /** @return whether it is about our model */
    private boolean check(Headers headers, byte[] body) {
        if (body.length > MAX_BODY) {
            throw new ControlRoomException(
                    ErrorCode.TOO_LARGE, Reason.of("body-over-limit", "the body has more than {0} bytes", MAX_BODY));
        }
        if (secret != null) {
            check(secret, headers, body);
        }
        return isOurs(body);
    }

    private void check(byte[] key, Headers headers, byte[] body) {
        String signature = required(SIGNATURE, headers.signature());
        String delivery = required(DELIVERY, headers.delivery());
        String timestamp = required(TIMESTAMP, headers.timestamp());
        String expected =
                VERSION + Base64.getEncoder().encodeToString(hmac(key, delivery + "." + timestamp + ".", body));
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8))) {
            throw refused(
                    SIGNATURE,
                    Reason.of(
                            "webhook-signature",
                            "does not match; must be signed with controlroom.registry.webhook-secret"));
        }
        long seconds;
        try {
            seconds = Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            throw refused(TIMESTAMP, Reason.of("webhook-time", "'{0}'; must be seconds since 1970", timestamp));
        }
        Duration age = Duration.between(Instant.ofEpochSecond(seconds), clock.instant());
        if (age.abs().compareTo(MAX_AGE) > 0) {
            throw refused(
                    TIMESTAMP,
                    Reason.of(
                            "webhook-old", "is {0} s old; must be {1} or less", age.toSeconds(), MAX_AGE.toSeconds()));
        }
    }

    private static String required(String header, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw refused(header, Reason.of("webhook-unsigned", "is missing"));
        }
        return value.strip();
    }

    private static ControlRoomException refused(String header, Reason why) {
        return new ControlRoomException(ErrorCode.INVALID_INPUT, "webhook", List.of(new Problem(header, why)));
    }

    private static byte[] hmac(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every JVM", e);
        }
    }

    /** Stages and aliases move versions; the rest of what MLflow tells changes nothing that serves. */
    private static boolean isOurs(byte[] body) {
        JsonNode news;
        try {
            news = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ControlRoomException(ErrorCode.MALFORMED_BODY, JsonMapping.message(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory", e);
        }
        String entity = news.path("entity").asText();
        return entity.startsWith("model_version")
                && news.path("data").path("name").asText().equals(ModelVersion.CLASSIFIER);
    }
}
