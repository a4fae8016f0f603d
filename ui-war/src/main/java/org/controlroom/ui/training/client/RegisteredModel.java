package org.controlroom.ui.training.client;

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
                Fields.text(model, "name"),
                Fields.instant(model, "created_at"),
                Fields.text(model, "latest_version"),
                Fields.texts(model, "aliases"));
    }
}
