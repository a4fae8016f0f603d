package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Routes of pipelines, their runs and schedules. A query parameter that is null is not sent. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface PipelinesApi extends AutoCloseable {

    @GET
    @Path("pipelines")
    JsonObject pipelines();

    @GET
    @Path("pipeline-runs")
    JsonObject runs(
            @QueryParam("pipeline") @Nullable String pipeline,
            @QueryParam("status") @Nullable String status,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("pipelines/{pipeline}/runs/{id}")
    JsonObject run(@PathParam("pipeline") String pipeline, @PathParam("id") String id);

    @POST
    @Path("pipelines/{pipeline}/runs")
    JsonObject start(@PathParam("pipeline") String pipeline, JsonObject body);

    @GET
    @Path("schedules")
    JsonObject schedules(@HeaderParam("Accept-Language") String language, @QueryParam("limit") int limit);

    @GET
    @Path("schedules/preview")
    JsonObject preview(
            @HeaderParam("Accept-Language") String language,
            @QueryParam("cron") String cron,
            @QueryParam("zone") String zone);

    @POST
    @Path("schedules")
    JsonObject create(JsonObject body);

    @GET
    @Path("schedules/{name}")
    JsonObject schedule(@HeaderParam("Accept-Language") String language, @PathParam("name") String name);

    @PUT
    @Path("schedules/{name}")
    JsonObject change(@PathParam("name") String name, JsonObject body);

    @DELETE
    @Path("schedules/{name}")
    void remove(@PathParam("name") String name);

    @GET
    @Path("schedules/{name}/fires")
    JsonObject fires(@PathParam("name") String name, @QueryParam("limit") int limit);

    @POST
    @Path("schedules/{name}/run-now")
    JsonObject runNow(@PathParam("name") String name, JsonObject body);

    @Override
    void close();
}
