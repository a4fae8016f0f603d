package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The routes about dataset versions. */
@Path("api/v1")
@Produces(MediaType.APPLICATION_JSON)
public interface VersionApi extends AutoCloseable {

    @GET
    @Path("datasets")
    JsonObject versions(@QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") int limit);

    @GET
    @Path("datasets/{id}")
    JsonObject version(@PathParam("id") String id);

    @POST
    @Path("datasets")
    @Consumes(MediaType.APPLICATION_JSON)
    JsonObject generate(JsonObject settings);

    @GET
    @Path("pipelines/generate-dataset/runs/{id}")
    JsonObject run(@PathParam("id") String id);

    @Override
    void close();
}
