package org.controlroom.core.model;

import java.time.Instant;
import java.util.List;

/**
 * One product with where it came from.
 *
 * @param createdAt when it was added
 * @param changes loads that added or changed it, newest first; empty when it was loaded before changes were kept
 */
public record CatalogueProduct(LabelledProduct product, Instant createdAt, List<ProductChange> changes) {

    public CatalogueProduct {
        changes = List.copyOf(changes);
    }
}
