package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The routes about the catalogue. */
@Path("api/v1")
@Produces(MediaType.APPLICATION_JSON)
public interface DatasetApi extends AutoCloseable {

    @GET
    @Path("datasets/current/statistics")
    JsonObject statistics();

    @GET
    @Path("products")
    JsonObject products(
            @QueryParam("text") @Nullable String text,
            @QueryParam("label") @Nullable String label,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("products/{id}")
    JsonObject product(@PathParam("id") String id);

    @GET
    @Path("products/{id}/prediction")
    JsonObject prediction(@PathParam("id") String id);

    @GET
    @Path("loads")
    JsonObject loads(
            @QueryParam("status") @Nullable String status,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("loads/next")
    JsonObject nextPortion();

    @POST
    @Path("pipelines/load-data/runs")
    @Consumes(MediaType.APPLICATION_JSON)
    JsonObject startLoad(JsonObject parameters);

    @GET
    @Path("loads/{id}")
    JsonObject load(@PathParam("id") String id);

    @GET
    @Path("products/{id}/history")
    JsonObject history(
            @PathParam("id") String id, @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") int limit);

    @GET
    @Path("loads/{id}/changes")
    JsonObject changes(
            @PathParam("id") String id, @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") int limit);

    @POST
    @Path("loads/{id}/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    JsonObject rollBack(@PathParam("id") String id, JsonObject reason);

    @GET
    @Path("loads/{id}/rejected")
    JsonObject rejected(
            @PathParam("id") String id, @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") int limit);

    @GET
    @Path("uploads")
    JsonObject uploads();

    @GET
    @Path("uploads/{id}")
    JsonObject upload(@PathParam("id") String id);

    @GET
    @Path("uploads/{id}/preview")
    JsonObject preview(@PathParam("id") String id, @QueryParam("rows") int rows);

    @POST
    @Path("uploads/{id}/load")
    JsonObject loadUpload(@PathParam("id") String id);

    @DELETE
    @Path("uploads/{id}")
    void removeUpload(@PathParam("id") String id);

    @GET
    @Path("pipelines/load-data/runs/{id}")
    JsonObject run(@PathParam("id") String id);

    @Override
    void close();
}
