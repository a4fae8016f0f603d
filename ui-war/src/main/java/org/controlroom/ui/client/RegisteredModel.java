package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One registered model.
 *
 * @param aliases version number by alias
 */
public record RegisteredModel(
        String name, @Nullable Instant createdAt, String latestVersion, Map<String, String> aliases) {

    static RegisteredModel of(JsonObject model) {
        return new RegisteredModel(
                JsonFields.text(model, "name"),
                JsonFields.instantOrNull(model, "created_at"),
                JsonFields.text(model, "latest_version"),
                JsonFields.textsByKey(model, "aliases"));
    }
}
