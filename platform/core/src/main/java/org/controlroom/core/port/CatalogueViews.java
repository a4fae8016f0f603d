package org.controlroom.core.port;

import org.controlroom.core.model.CatalogueProduct;
import org.controlroom.core.model.CatalogueStatistics;

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
}
