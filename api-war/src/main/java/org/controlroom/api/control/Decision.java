package org.controlroom.api.control;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.List;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.jspecify.annotations.Nullable;

/** What every decision about a version has: a model that is served, a reason, and somebody who decides. */
final class Decision {

    private static final int MAX_REASON = 1000;

    private Decision() {}

    static void requireServed(String name) {
        if (!name.equals(ModelVersion.CLASSIFIER)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    org.controlroom.spi.Reason.of(
                            "model-not-served", "model '{0}'; only {1} is served", name, ModelVersion.CLASSIFIER));
        }
    }

    static String reason(@Nullable Reason body) {
        return text("reason", body == null ? null : body.reason(), MAX_REASON);
    }

    /** A text that must be there and not be blank. */
    static String text(String field, @Nullable String value, int most) {
        if (value == null || value.isBlank() || value.length() > most) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "body", List.of(new Problem(field, mistake(value, most))));
        }
        return value.strip();
    }

    private static org.controlroom.spi.Reason mistake(@Nullable String value, int most) {
        if (value == null) {
            return org.controlroom.spi.Reason.of("missing-text", "is missing; must be 1..{0} characters", most);
        }
        return value.isBlank()
                ? org.controlroom.spi.Reason.of("blank-text", "is blank; must be 1..{0} characters", most)
                : org.controlroom.spi.Reason.of(
                        "long-text", "has {0} characters; must be 1..{1} characters", value.length(), most);
    }

    /** Name of the user who asks; {@code api} while nobody signs in. */
    static String actor(SecurityContext security) {
        Principal user = security.getUserPrincipal();
        return user == null || user.getName() == null || user.getName().isBlank() ? "api" : user.getName();
    }

    /**
     * Body of every decision.
     *
     * @param reason why, for people; kept with the version
     */
    public record Reason(@Nullable String reason) {}
}
