package org.controlroom.notifications;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Tells a program that its run has ended: the run as JSON, signed by HMAC-SHA256 (RFC 2104). Thread-safe. */
public final class SignedCallback {

    /** Says {@code sha256=} and the HMAC of the body, in lower-case hexadecimal digits. */
    public static final String SIGNATURE = "X-Control-Room-Signature";

    /** Says the id of the run; the same at each attempt. */
    public static final String RUN = "X-Control-Room-Run";

    private final HttpSender http;
    private final String secret;

    public SignedCallback(HttpSender http, String secret) {
        this.http = http;
        this.secret = secret;
    }

    /** @throws ControlRoomException RECEIVER_UNAVAILABLE */
    public void send(String runId, String url, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ControlRoomException(
                    ErrorCode.RECEIVER_UNAVAILABLE, "callback of " + runId + ": its address is none", e);
        }
        http.post(address, Map.of(RUN, runId, SIGNATURE, "sha256=" + signature(body, secret)), body);
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
