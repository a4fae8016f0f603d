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

/** The routes of plugins that the pages use. */
@Path("api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface PluginsApi extends AutoCloseable {

    @GET
    @Path("plugins")
    JsonObject plugins(
            @HeaderParam("Accept-Language") String language,
            @QueryParam("kind") String kind,
            @QueryParam("status") String status,
            @QueryParam("sort") String sort,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("plugins/{id}")
    JsonObject versions(@HeaderParam("Accept-Language") String language, @PathParam("id") String id);

    @GET
    @Path("plugins/{id}/calls")
    JsonObject calls(@PathParam("id") String id);

    @GET
    @Path("plugins/{id}/kept")
    JsonObject kept(@PathParam("id") String id);

    @GET
    @Path("plugins/{id}/settings")
    JsonObject settings(@HeaderParam("Accept-Language") String language, @PathParam("id") String id);

    @PUT
    @Path("plugins/{id}/settings")
    JsonObject configure(@PathParam("id") String id, JsonObject values);

    @POST
    @Path("plugins/{id}/versions/{version}/{action: start|stop|restore}")
    JsonObject act(
            @PathParam("id") String id,
            @PathParam("version") String version,
            @PathParam("action") String action,
            @QueryParam("mode") String mode);

    @DELETE
    @Path("plugins/{id}/versions/{version}")
    void remove(@PathParam("id") String id, @PathParam("version") String version);

    @GET
    @Path("plugin-uploads/{id}")
    JsonObject upload(@PathParam("id") String id);

    @DELETE
    @Path("plugin-uploads/{id}")
    void discard(@PathParam("id") String id);

    @POST
    @Path("plugin-uploads/{id}/{action: install|update}")
    JsonObject use(@PathParam("id") String id, @PathParam("action") String action, @QueryParam("mode") String mode);

    @GET
    @Path("plugin-changes")
    JsonObject changes(@QueryParam("plugin") String plugin, @QueryParam("limit") int limit);

    @GET
    @Path("plugin-changes/{id}")
    JsonObject change(@PathParam("id") String id);

    @Override
    void close();
}
