package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.catalogue.LoadDataPipeline;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.ProductRevision;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Loads of catalogue files, and the rows they kept aside. A load is started as a run of pipeline load-data. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("loads")
@Tag(name = "catalogue")
public class LoadsResource {

    private final Catalogue catalogue;
    private final CatalogueViews views;
    private final LoadDataPipeline pipeline;

    @Inject
    public LoadsResource(Catalogue catalogue, CatalogueViews views, LoadDataPipeline pipeline) {
        this.catalogue = catalogue;
        this.views = views;
        this.pipeline = pipeline;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "status", sorts = "id")
    @Operation(summary = "Catalogue loads, newest first; filter: status")
    public Page<CatalogueLoad> list(@Context UriInfo uri) {
        return catalogue.loads(Paging.of(uri));
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One load")
    public CatalogueLoad load(@PathParam("id") long id) {
        return catalogue.load(id);
    }

    @GET
    @Path("next")
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary = "What a run of pipeline load-data without parameters would load now, and how much is loaded;"
                    + " 404 when no folder is configured")
    @APIResponse(responseCode = "404")
    @APIResponse(responseCode = "422")
    public LoadDataPipeline.NextPortion next() {
        return pipeline.next();
    }

    @GET
    @Path("{id}/changes")
    @NeedsRole(Role.VIEWER)
    @Listed
    @Operation(
            summary =
                    "What one load did, product by product, with the values before and after it; also of a load that was"
                            + " rolled back")
    public Page<ProductRevision> changes(@PathParam("id") long id, @Context UriInfo uri) {
        return views.changes(id, Paging.of(uri));
    }

    @POST
    @Path("{id}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary =
                    "Take the newest load back: products, labels and the loaded portion are as they were before it; 409"
                            + " when a later load has to be rolled back first, or while a load runs")
    @APIResponse(responseCode = "404")
    @APIResponse(responseCode = "409")
    @APIResponse(responseCode = "422")
    public CatalogueLoad rollBack(
            @PathParam("id") long id, Decision.@Nullable Reason body, @Context SecurityContext security) {
        return catalogue.rollBack(id, Decision.actor(security), Decision.reason(body));
    }

    @GET
    @Path("{id}/rejected")
    @NeedsRole(Role.VIEWER)
    @Listed
    @Operation(summary = "Rows of one load that were kept aside, with line and reason, in file order")
    public Page<RejectedRow> rejected(@PathParam("id") long id, @Context UriInfo uri) {
        catalogue.load(id);
        return catalogue.rejectedRows(id, Paging.of(uri));
    }

    @GET
    @Path("{id}/rejected.csv")
    @Produces("text/csv")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "All rows of one load that were kept aside, as a CSV file: file, line, reason, row")
    public Response rejectedFile(@PathParam("id") long id) {
        catalogue.load(id);
        StreamingOutput rows = out -> new RejectedRowsCsv(catalogue, id).write(out);
        return Response.ok(rows, "text/csv;charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"load-" + id + "-rejected.csv\"")
                .build();
    }
}
