package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.predict.BatchJob;
import org.controlroom.api.predict.BatchJobs;
import org.controlroom.core.model.Page;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Batches that the server answers by itself: upload a file, come back, download the answers. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("batches")
@Tag(name = "predictions")
public class BatchesResource {

    private static final int MAX_NAME = 200;

    private final BatchJobs jobs;

    @Inject
    public BatchesResource(BatchJobs jobs) {
        this.jobs = jobs;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "status", sorts = "status")
    @Operation(summary = "Batches, newest first; filter: status")
    public Page<BatchJob> list(@Context UriInfo uri) {
        return Paging.page(
                jobs.list(),
                Paging.of(uri),
                Map.of("status", job -> job.status().name().toLowerCase(Locale.ROOT)));
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary = "Upload a file as of /predict/batch, to be answered while its owner is away; name: how the list"
                    + " calls it; top: as of /predict/batch")
    @APIResponseSchema(value = BatchJob.class, responseCode = "202", responseDescription = "The waiting batch")
    public Response submit(
            @QueryParam("name") @DefaultValue("batch") String name,
            @Context HttpServletRequest request,
            @Context UriInfo uri,
            InputStream body)
            throws IOException {
        String plain = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\"]", "_");
        BatchJob job = jobs.submit(
                plain.length() > MAX_NAME ? plain.substring(0, MAX_NAME) : plain,
                request.getContentType(),
                request.getQueryString(),
                body);
        return Response.accepted(job)
                .location(uri.getAbsolutePathBuilder().path(job.id()).build())
                .build();
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One batch with its progress")
    public BatchJob job(@PathParam("id") String id) {
        return jobs.job(id);
    }

    @GET
    @Path("{id}/result")
    @Produces(MediaType.WILDCARD)
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "The answers of a completed batch, in its format; 409 while there are none")
    public Response result(@PathParam("id") String id) {
        java.nio.file.Path file = jobs.result(id);
        String type = jobs.job(id).mediaType();
        String base = type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type;
        String ending = base.endsWith("csv") ? ".csv" : ".ndjson";
        StreamingOutput body = out -> Files.copy(file, out);
        return Response.ok(body)
                .type(base + ";charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + "-answers" + ending + "\"")
                .build();
    }

    @DELETE
    @Path("{id}")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Cancel a batch that has not ended, or remove one that has")
    public void remove(@PathParam("id") String id) {
        jobs.remove(id);
    }
}
