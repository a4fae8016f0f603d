package org.controlroom.core.model;

import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/**
 * One row of the catalogue.
 *
 * @param productId the catalogue's own id, unique
 * @param imageId id of its picture; null when it has none
 * @param label product type code; null while unknown
 */
public record LabelledProduct(
        long productId,
        Product product,
        @Nullable Long imageId,
        @Nullable Integer label) {}
