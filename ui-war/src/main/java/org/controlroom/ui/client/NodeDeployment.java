package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time during which a node answered with a version.
 *
 * @param until null while it answers
 * @param seenAt when the node said so last
 * @param cause {@code promoted}, {@code rolled_back}, {@code followed} or {@code started}
 * @param end {@code replaced}, {@code stopped} or {@code lost}; empty while it answers
 * @param replaced version that it answered with before; empty when none
 * @param registry where the version was registered; empty when that was not kept
 * @param elsewhere whether the registry in use does not have this very version
 */
public record NodeDeployment(
        String node,
        String version,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Instant seenAt,
        String cause,
        String end,
        String actor,
        String reason,
        String replaced,
        String registry,
        boolean elsewhere) {

    static NodeDeployment of(JsonObject entry) {
        return new NodeDeployment(
                JsonFields.text(entry, "node"),
                JsonFields.text(entry, "version"),
                JsonFields.instantOrNull(entry, "since"),
                JsonFields.instantOrNull(entry, "until"),
                JsonFields.instantOrNull(entry, "seen_at"),
                JsonFields.text(entry, "cause"),
                JsonFields.text(entry, "end"),
                JsonFields.text(entry, "actor"),
                JsonFields.text(entry, "reason"),
                JsonFields.text(entry, "replaced"),
                JsonFields.text(entry, "registry"),
                JsonValue.FALSE.equals(entry.get("registered")));
    }
}
