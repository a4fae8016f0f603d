package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The routes that the pages use. Answers stay JSON, so that a field that is added breaks nothing. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface ControlRoomApi extends AutoCloseable {

    @GET
    @Path("api/v1/status")
    JsonObject status();

    @GET
    @Path("api/v1/models/{name}/versions/{version}")
    JsonObject version(@PathParam("name") String name, @PathParam("version") String version);

    @GET
    @Path("api/v1/runs/{id}")
    JsonObject run(@PathParam("id") String id);

    @GET
    @Path("api/v1/runs/{id}/page")
    JsonObject runPage(@PathParam("id") String id);

    @GET
    @Path("api/v1/traffic")
    JsonObject traffic();

    @GET
    @Path("api/v1/predictions")
    JsonObject predictions(@QueryParam("limit") int limit);

    @Override
    void close();
}
