package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
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

    /** Metrics that describe a model as a whole. */
    public static final List<String> SUMMARY =
            List.of("f1_weighted", "f1_macro", "accuracy", "log_loss", "ece", "baseline_f1_weighted");

    /** Those of them that were logged, in that order. */
    public List<Map.Entry<String, Double>> summary() {
        return SUMMARY.stream()
                .filter(metrics::containsKey)
                .map(key -> Map.entry(key, metrics.getOrDefault(key, 0.0)))
                .toList();
    }

    static RegistryRun of(JsonObject run) {
        return new RegistryRun(
                JsonFields.text(run, "id"),
                JsonFields.text(run, "experiment"),
                JsonFields.text(run, "name"),
                JsonFields.text(run, "status"),
                JsonFields.instantOrNull(run, "started_at"),
                JsonFields.instantOrNull(run, "ended_at"),
                JsonFields.textsByKey(run, "parameters"),
                JsonFields.decimalsByKey(run, "metrics"),
                JsonFields.textsByKey(run, "tags"));
    }
}
