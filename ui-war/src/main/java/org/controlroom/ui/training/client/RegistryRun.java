package org.controlroom.ui.training.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run in the registry, with all that was logged to it. */
public record RegistryRun(
        String id,
        String experiment,
        String name,
        String status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Map<String, String> parameters,
        Map<String, Double> metrics,
        Map<String, String> tags) {

    static RegistryRun of(JsonObject run) {
        return new RegistryRun(
                Fields.text(run, "id"),
                Fields.text(run, "experiment"),
                Fields.text(run, "name"),
                Fields.text(run, "status"),
                Fields.instant(run, "started_at"),
                Fields.instant(run, "ended_at"),
                Fields.texts(run, "parameters"),
                Fields.decimals(run, "metrics"),
                Fields.texts(run, "tags"));
    }
}
