package org.controlroom.ui.training.client;

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

    static ModelVersion of(JsonObject version) {
        return new ModelVersion(
                Fields.text(version, "name"),
                Fields.text(version, "version"),
                Fields.text(version, "run_id"),
                Fields.text(version, "stage"),
                Fields.textList(version, "aliases"),
                Fields.texts(version, "tags"),
                Fields.instant(version, "created_at"));
    }
}
