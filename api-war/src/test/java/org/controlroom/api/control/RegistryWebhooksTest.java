package org.controlroom.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.controlroom.api.operate.WebhookDeliveries;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.junit.jupiter.api.Test;

class RegistryWebhooksTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_764_000_000);
    private static final String BODY = "{\"entity\":\"model_version_alias\",\"action\":\"created\",\"timestamp\":"
            + "\"2025-11-24T16:00:00+00:00\",\"data\":{\"name\":\"rakuten_classifier\",\"alias\":\"production\","
            + "\"version\":\"2\"}}";

    /** Made with Python's hmac and base64, as MLflow makes it: secret s3cret, delivery d-1, the time above. */
    private static final String SIGNATURE = "v1,IxGy7TuW42F3dnWYLMoQ0Ar+53/9nh+n0l3KAg4NBOY=";

    private final WebhookDeliveries deliveries = new WebhookDeliveries();
    private int looks;

    private RegistryWebhooks webhooks(String secret, Instant now) {
        return new RegistryWebhooks(secret, () -> looks++, deliveries, () -> now);
    }

    private static RegistryWebhooks.Headers headers(String signature, String delivery, String timestamp) {
        return new RegistryWebhooks.Headers(signature, delivery, timestamp);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertRefused(RegistryWebhooks webhooks, RegistryWebhooks.Headers headers, String body, String why) {
        assertThatThrownBy(() -> webhooks.take(headers, bytes(body)))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining(why);
        assertThat(looks).isZero();
    }

    @Test
    void newsWithTheRightSignatureHaveTheRegistryLookedAt() {
        assertThat(webhooks("s3cret", NOW.plusSeconds(299)).take(headers(SIGNATURE, "d-1", "1764000000"), bytes(BODY)))
                .isTrue();
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void withoutASecretNoSignatureIsAskedFor() {
        assertThat(webhooks(null, NOW).take(headers(null, null, null), bytes(BODY)))
                .isTrue();
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void newsAboutOtherThingsChangeNothing() {
        RegistryWebhooks open = webhooks(null, NOW);
        assertThat(open.take(headers(null, null, null), bytes(BODY.replace("rakuten_classifier", "other"))))
                .isFalse();
        assertThat(open.take(headers(null, null, null), bytes(BODY.replace("model_version_alias", "prompt"))))
                .isFalse();
        assertThat(open.take(headers(null, null, null), bytes("{}"))).isFalse();
        assertThat(looks).isZero();
    }

    @Test
    void anythingThatWasChangedMakesTheSignatureWrong() {
        RegistryWebhooks signed = webhooks("s3cret", NOW);
        assertRefused(signed, headers(SIGNATURE, "d-2", "1764000000"), BODY, "does not match");
        assertRefused(signed, headers(SIGNATURE, "d-1", "1764000001"), BODY, "does not match");
        assertRefused(signed, headers(SIGNATURE, "d-1", "1764000000"), BODY + " ", "does not match");
        assertRefused(signed, headers(SIGNATURE.substring(3), "d-1", "1764000000"), BODY, "does not match");
        assertRefused(signed, headers(null, "d-1", "1764000000"), BODY, "is missing");
        assertRefused(webhooks("other", NOW), headers(SIGNATURE, "d-1", "1764000000"), BODY, "does not match");
    }

    @Test
    void oldNewsAreRefused() {
        assertRefused(
                webhooks("s3cret", NOW.plusSeconds(301)),
                headers(SIGNATURE, "d-1", "1764000000"),
                BODY,
                "is 301 s old; must be 300 or less");
    }

    @Test
    void whatIsNoJsonIsSaid() {
        assertThatThrownBy(() -> webhooks(null, NOW).take(headers(null, null, null), bytes("{")))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BODY));
    }

    @Test
    void whenOneCameLastIsKept() {
        assertThat(deliveries.last()).isEqualTo(new WebhookDeliveries.Last(null, null, null, null));

        assertRefused(webhooks("s3cret", NOW), headers(null, "d-1", "1764000000"), BODY, "is missing");
        assertThat(deliveries.last().acceptedAt()).isNull();
        webhooks("s3cret", NOW.plusSeconds(9)).take(headers(SIGNATURE, "d-1", "1764000000"), bytes(BODY));
        assertThat(deliveries.last())
                .isEqualTo(new WebhookDeliveries.Last(
                        NOW.plusSeconds(9),
                        NOW,
                        "webhook: X-MLflow-Signature: is missing",
                        Reason.of("webhook-unsigned", "is missing")));

        assertThatThrownBy(() -> webhooks(null, NOW.plusSeconds(10))
                        .take(headers(null, null, null), new byte[RegistryWebhooks.MAX_BODY + 1]))
                .hasMessageContaining("has more than 65536 bytes");
        assertThat(deliveries.last().refusedAt()).isEqualTo(NOW.plusSeconds(10));
    }
}
