package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.port.Catalogue;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Products of the catalogue. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("products")
@Tag(name = "catalogue")
public class ProductsResource {

    private final Catalogue catalogue;

    @Inject
    public ProductsResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Products with their labels; filters: label, text; sort: product_id")
    public Page<LabelledProduct> list(@Context UriInfo uri) {
        return catalogue.products(Paging.of(uri));
    }
}
