package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An installation, update or restoration of a plugin.
 *
 * @param action {@code install}, {@code update} or {@code restore}
 * @param mode {@code blue_green} or {@code in_place}; null when nothing is replaced
 * @param status {@code queued}, {@code running}, {@code completed} or {@code failed}
 * @param reason why it failed
 * @param samples calls before, during and after, oldest first; empty in lists
 */
public record PluginChange(
        String id,
        String action,
        String plugin,
        @Nullable String fromVersion,
        String toVersion,
        @Nullable String mode,
        String status,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String reason,
        List<ApiProblem.FieldError> problems,
        List<Sample> samples) {

    /** Calls of all versions at one moment. */
    public record Sample(Instant at, List<PluginCalls> versions) {}

    static PluginChange of(JsonObject change) {
        return new PluginChange(
                JsonFields.text(change, "id"),
                JsonFields.text(change, "action"),
                JsonFields.text(change, "plugin"),
                JsonFields.textOrNull(change, "from_version"),
                JsonFields.text(change, "to_version"),
                JsonFields.textOrNull(change, "mode"),
                JsonFields.text(change, "status"),
                Instant.parse(change.getString("started_at")),
                JsonFields.instantOrNull(change, "ended_at"),
                JsonFields.textOrNull(change, "reason"),
                JsonFields.objects(
                        change,
                        "problems",
                        problem -> new ApiProblem.FieldError(
                                JsonFields.text(problem, "field"),
                                JsonFields.text(problem, "message"),
                                ApiProblem.Reason.of(problem))),
                JsonFields.objects(
                        change,
                        "samples",
                        sample -> new Sample(
                                Instant.parse(sample.getString("at")),
                                JsonFields.objects(sample, "versions", PluginCalls::of))));
    }

    public boolean ended() {
        return endedAt != null;
    }
}
