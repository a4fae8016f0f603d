package org.controlroom.spi;

import java.util.Objects;

/**
 * One mistake in one field.
 *
 * @param field name of the field or setting, for example {@code max_df} or {@code designation}
 * @param message the value and what is allowed, for example {@code 1.5 is above 1.0}
 */
public record Problem(String field, String message) {

    public Problem {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
