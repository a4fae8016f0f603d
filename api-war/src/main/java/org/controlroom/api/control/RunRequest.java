package org.controlroom.api.control;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.jspecify.annotations.Nullable;

/** What a request for a run says beside the parameters: its key, and who is told about the end. */
final class RunRequest {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    private static final int MAX_URL = 2_000;

    private RunRequest() {}

    /**
     * Checks both.
     *
     * @param signed whether callbacks can be signed
     * @throws ControlRoomException INVALID_INPUT naming all mistakes
     */
    static RunOrigin origin(
            String pipeline,
            Map<String, String> parameters,
            @Nullable String key,
            @Nullable String callbackUrl,
            boolean signed) {
        List<Problem> problems = new ArrayList<>();
        if (key != null && !KEY.matcher(key).matches()) {
            problems.add(new Problem("Idempotency-Key", "must be 1 to 200 visible ASCII characters"));
        }
        if (callbackUrl != null) {
            if (!isHttp(callbackUrl)) {
                problems.add(new Problem(
                        "callback_url",
                        "'" + callbackUrl + "'; must be an http or https address of at most " + MAX_URL
                                + " characters"));
            } else if (!signed) {
                problems.add(new Problem(
                        "callback_url", "cannot be signed: the server has no controlroom.pipelines.callback-secret"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "run of " + pipeline, problems);
        }
        return new RunOrigin(
                "api",
                key == null ? null : "Idempotency-Key " + key + " for " + pipeline,
                key == null ? null : fingerprint(parameters, callbackUrl),
                callbackUrl);
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= MAX_URL
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String fingerprint(Map<String, String> parameters, @Nullable String callbackUrl) {
        Map<String, String> all = new TreeMap<>();
        parameters.forEach((name, value) -> all.put("parameter " + name, value));
        if (callbackUrl != null) {
            all.put("callback_url", callbackUrl);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Json.ofTexts(all).write().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
