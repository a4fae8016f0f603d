package org.controlroom.core.fake;

import java.time.Instant;
import java.util.List;
import org.controlroom.core.catalogue.CatalogueDescription;
import org.controlroom.core.model.CatalogueProduct;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.ProductRevision;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Views of a {@link FakeCatalogue}; counts its labelled products each time. */
public final class FakeCatalogueViews implements CatalogueViews {

    private final FakeCatalogue catalogue;

    public FakeCatalogueViews(FakeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public CatalogueStatistics statistics() {
        CatalogueDescription description = new CatalogueDescription();
        catalogue.forEachLabelled(description::add);
        return description.statistics(Instant.EPOCH, null);
    }

    @Override
    public CatalogueProduct product(long productId) {
        LabelledProduct[] found = new LabelledProduct[1];
        catalogue.forEachLabelled(product -> found[0] = product.productId() == productId ? product : found[0]);
        if (found[0] == null) {
            throw new ControlRoomException(ErrorCode.NOT_FOUND, "product " + productId + " does not exist");
        }
        return new CatalogueProduct(found[0], Instant.EPOCH, List.of());
    }

    @Override
    public Page<ProductRevision> history(long productId, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<ProductRevision> changes(long loadId, PageRequest request) {
        throw new UnsupportedOperationException();
    }
}
