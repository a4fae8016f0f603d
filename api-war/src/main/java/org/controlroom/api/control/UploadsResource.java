package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.catalogue.LoadDataPipeline;
import org.controlroom.core.model.FilePreview;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.Upload;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.Uploads;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Catalogue files that are sent to the server: begin, send, look at the first rows, load. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("uploads")
@Tag(name = "catalogue")
public class UploadsResource {

    private static final int MOST_ROWS = 100;

    private final Uploads uploads;
    private final Pipelines pipelines;

    @Inject
    public UploadsResource(Uploads uploads, Pipelines pipelines) {
        this.uploads = uploads;
        this.pipelines = pipelines;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "id", sorts = "id")
    @Operation(summary = "Uploads that are kept, newest first; filter: id")
    public Page<Upload> list(@Context UriInfo uri) {
        return Paging.page(uploads.uploads(), Paging.of(uri), Map.of("id", Upload::id));
    }

    @POST
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Begin an upload; its files are sent one by one")
    @APIResponseSchema(value = Upload.class, responseCode = "201", responseDescription = "The empty upload")
    public Response begin(@Context UriInfo uri) {
        Upload upload = uploads.begin();
        return Response.status(Response.Status.CREATED)
                .entity(upload)
                .location(uri.getBaseUriBuilder().path("uploads/{id}").build(upload.id()))
                .build();
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One upload with the files that have arrived")
    public Upload upload(@PathParam("id") String id) {
        return uploads.upload(id);
    }

    @PUT
    @Path("{id}/{part: products|labels}")
    @Consumes({"text/csv", "application/gzip", "application/x-gzip", MediaType.APPLICATION_OCTET_STREAM})
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary = "Send the product or the label file, CSV or gzipped CSV; the body is the file, 'name' its name")
    public Upload receive(
            @PathParam("id") String id,
            @PathParam("part") String part,
            @QueryParam("name") @DefaultValue("") String name,
            InputStream content) {
        return uploads.receive(id, Uploads.Part.valueOf(part.toUpperCase(Locale.ROOT)), name, content);
    }

    @GET
    @Path("{id}/preview")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Columns, first rows and the mistakes in the first 1,000 rows of each file that has arrived")
    public Page<FilePreview> preview(@PathParam("id") String id, @QueryParam("rows") @DefaultValue("10") String rows) {
        List<FilePreview> previews = uploads.preview(id, rows(rows));
        return new Page<>(previews, null);
    }

    @POST
    @Path("{id}/load")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Start a run of pipeline load-data with the files; answers at once with the queued run")
    @APIResponseSchema(value = PipelineRun.class, responseCode = "202", responseDescription = "The queued run")
    public Response load(@PathParam("id") String id, @Context UriInfo uri) {
        PipelineRun run = pipelines.start(LoadDataPipeline.NAME, uploads.parameters(id));
        uploads.started(id, run.id());
        return Response.accepted(run)
                .location(uri.getBaseUriBuilder()
                        .path("pipelines/{pipeline}/runs/{id}")
                        .build(run.pipeline(), run.id()))
                .build();
    }

    @DELETE
    @Path("{id}")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Remove an upload and its files; what was loaded stays")
    public void remove(@PathParam("id") String id) {
        uploads.remove(id);
    }

    private static int rows(String text) {
        try {
            int rows = Integer.parseInt(text);
            if (rows >= 1 && rows <= MOST_ROWS) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        throw new ControlRoomException(
                ErrorCode.INVALID_INPUT,
                "query",
                List.of(new Problem("rows", Reason.of("range", "'{0}'; must be {1}..{2}", text, 1, MOST_ROWS))));
    }
}
