package org.controlroom.spi.feature;

import java.util.Objects;

/**
 * A piece of a product's text as it stands in the catalogue, before any cleaning.
 *
 * @param field which text
 * @param start UTF-16 position of the first character, 0 or more
 * @param end position after the last character, above {@code start}; neither splits a surrogate pair
 */
public record TextSpan(Field field, int start, int end) {

    /** The texts of a {@link org.controlroom.spi.Product}. */
    public enum Field {
        DESIGNATION,
        DESCRIPTION
    }

    public TextSpan {
        Objects.requireNonNull(field, "field");
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "text span: start=" + start + ", end=" + end + "; must be 0 <= start < end");
        }
    }
}
