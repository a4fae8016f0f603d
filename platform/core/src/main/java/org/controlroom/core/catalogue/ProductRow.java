package org.controlroom.core.catalogue;

import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/**
 * One good row of the product file.
 *
 * @param index value of the unnamed first column, which joins it to its label
 * @param imageId null when the row has none
 */
public record ProductRow(
        long index,
        long productId,
        Product product,
        @Nullable Long imageId) {}
