package org.controlroom.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in one field.
 *
 * @param field name of the field or setting, for example {@code max_df} or {@code designation}
 * @param message the value and what is allowed, for example {@code 1.5 is above 1.0}
 * @param reason the message for other languages; null when it is said in English only
 */
public record Problem(
        String field, String message, @Nullable Reason reason) {

    public Problem {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
    }

    /** A mistake that is said in English only. */
    public Problem(String field, String message) {
        this(field, message, null);
    }

    public Problem(String field, Reason reason) {
        this(field, reason.text(), reason);
    }

    /** The same mistake where the field has a longer name. */
    public Problem under(String prefix) {
        return new Problem(prefix + field, message, reason);
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
