package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One version of a registered model. */
public record ModelVersion(
        String name,
        String version,
        String runId,
        String stage,
        List<String> aliases,
        Map<String, String> tags,
        @Nullable Instant createdAt) {

    /** Whether this is the version that serves. */
    public boolean production() {
        return aliases.contains("production");
    }

    /**
     * The version that a roll-back of this one brings back, as the API decides it; empty when it replaced none, or came
     * back by a roll-back itself.
     */
    public String replaced() {
        return tags.getOrDefault("promotion.replaced", "");
    }

    static ModelVersion of(JsonObject version) {
        return new ModelVersion(
                JsonFields.text(version, "name"),
                JsonFields.text(version, "version"),
                JsonFields.text(version, "run_id"),
                JsonFields.text(version, "stage"),
                JsonFields.texts(version, "aliases"),
                JsonFields.textsByKey(version, "tags"),
                JsonFields.instantOrNull(version, "created_at"));
    }
}
