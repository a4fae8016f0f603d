package org.controlroom.ui.client;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server is, and which model it serves.
 *
 * @param level {@code healthy}, {@code degraded} or {@code unhealthy}
 * @param reasons why it is not healthy, in the server's words; empty when it is
 * @param model the live model; null when there is none
 * @param products rows in the catalogue; null when it could not be asked
 * @param labelled those of them with a label; null when it could not be asked
 */
public record NodeStatus(
        String level,
        List<String> reasons,
        @Nullable LiveModel model,
        @Nullable Long products,
        @Nullable Long labelled) {

    public NodeStatus {
        reasons = List.copyOf(reasons);
    }

    /**
     * The model that answers.
     *
     * @param since when it became live; null when the server does not say
     */
    public record LiveModel(
            String name,
            String version,
            String stage,
            @Nullable Instant since,
            int labels) {}

    static NodeStatus of(JsonObject status) {
        JsonObject model = object(status, "model");
        JsonObject registry = object(status, "registry");
        JsonObject database = object(status, "database");
        List<String> reasons = new ArrayList<>();
        JsonObject failure = object(model, "last_failure");
        if (!failure.isEmpty()) {
            reasons.add("model version " + failure.getString("version", "?") + " could not be activated: "
                    + failure.getString("reason", failure.getString("code", "")));
        }
        addUnreachable(reasons, "registry", registry);
        addUnreachable(reasons, "database", database);
        return new NodeStatus(
                status.getString("status", "unknown"),
                reasons,
                text(model, "version") == null ? null : liveModel(model),
                number(database, "products"),
                number(database, "labelled"));
    }

    private static LiveModel liveModel(JsonObject model) {
        return new LiveModel(
                model.getString("name", ""),
                model.getString("version"),
                model.getString("stage", ""),
                instant(text(model, "activated_at")),
                model.getInt("labels", 0));
    }

    private static void addUnreachable(List<String> reasons, String what, JsonObject part) {
        if (!part.getBoolean("reachable", true)) {
            reasons.add(what + ": " + part.getString("error", "not reachable"));
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static JsonObject object(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static @Nullable String text(JsonObject object, String key) {
        return object.getString(key, null);
    }

    private static @Nullable Long number(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? (Long) number.longValue() : null;
    }
}
