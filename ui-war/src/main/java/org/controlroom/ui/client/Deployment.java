package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time during which a version was the one that serves.
 *
 * @param until null while it serves
 * @param action {@code promoted} or {@code rolled_back}
 * @param replaced version that served before; empty when none did
 * @param registry where the version was registered; empty when that was not kept
 * @param elsewhere whether the registry in use does not have this very version
 */
public record Deployment(
        String version,
        @Nullable Instant since,
        @Nullable Instant until,
        String action,
        String actor,
        String reason,
        String replaced,
        String registry,
        boolean elsewhere) {

    static Deployment of(JsonObject deployment) {
        return new Deployment(
                JsonFields.text(deployment, "version"),
                JsonFields.instantOrNull(deployment, "since"),
                JsonFields.instantOrNull(deployment, "until"),
                JsonFields.text(deployment, "action"),
                JsonFields.text(deployment, "actor"),
                JsonFields.text(deployment, "reason"),
                JsonFields.text(deployment, "replaced"),
                JsonFields.text(deployment, "registry"),
                JsonValue.FALSE.equals(deployment.get("registered")));
    }
}
