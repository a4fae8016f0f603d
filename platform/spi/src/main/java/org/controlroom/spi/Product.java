package org.controlroom.spi;

import java.util.Objects;

/**
 * The text of one product, as it stands in the catalogue (HTML, entities and line breaks included).
 *
 * @param designation title; never null, may be empty
 * @param description long text; never null, empty when the catalogue has none
 */
public record Product(String designation, String description) {

    public Product {
        Objects.requireNonNull(designation, "designation");
        Objects.requireNonNull(description, "description");
    }
}
