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
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.Page;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Datasets as training runs saw them, and the catalogue as it is now. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("datasets")
@Tag(name = "catalogue")
public class DatasetsResource {

    private final Catalogue catalogue;
    private final CatalogueViews views;

    @Inject
    public DatasetsResource(Catalogue catalogue, CatalogueViews views) {
        this.catalogue = catalogue;
        this.views = views;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed
    @Operation(summary = "Snapshots taken by training runs, newest first")
    public Page<DatasetSnapshot> list(@Context UriInfo uri) {
        return catalogue.snapshots(Paging.of(uri));
    }

    @GET
    @Path("current")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "The catalogue in figures, as the next training would see it")
    public CatalogueTotals current() {
        return catalogue.totals();
    }

    @GET
    @Path("current/statistics")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "The catalogue described: classes, languages, text lengths; counted once after each load")
    public CatalogueStatistics statistics() {
        return views.statistics();
    }
}
