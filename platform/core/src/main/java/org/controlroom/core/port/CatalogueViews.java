package org.controlroom.core.port;

import org.controlroom.core.model.CatalogueProduct;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.ProductRevision;

/**
 * What people look at in the catalogue beyond its lists. Thread-safe.
 *
 * <p>Every method throws {@link org.controlroom.spi.ControlRoomException} DATABASE_UNAVAILABLE when the database does not
 * answer.
 */
public interface CatalogueViews {

    /**
     * The catalogue described as it is after its newest completed load. Counted once for each load, by reading all
     * products; the answer is kept until the next load, over restarts. Callers that come while it is counted wait.
     */
    CatalogueStatistics statistics();

    /** @throws org.controlroom.spi.ControlRoomException NOT_FOUND */
    CatalogueProduct product(long productId);

    /**
     * Every state of a product, newest first, those of loads that were rolled back included. A product that is not there
     * any more has a history when a load that was rolled back had added it.
     *
     * @throws org.controlroom.spi.ControlRoomException NOT_FOUND for a product that never was
     */
    Page<ProductRevision> history(long productId, PageRequest request);

    /**
     * What a load did, in the order of product ids.
     *
     * @throws org.controlroom.spi.ControlRoomException NOT_FOUND for a load that does not exist
     */
    Page<ProductRevision> changes(long loadId, PageRequest request);
}
