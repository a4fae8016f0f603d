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

/** The routes that the prediction pages use. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface PredictionsApi extends AutoCloseable {

    @POST
    @Path("predict")
    JsonObject predict(JsonObject product);

    @POST
    @Path("predict")
    JsonObject explain(@QueryParam("explain") int terms, JsonObject product);

    @GET
    @Path("api/v1/predictions")
    JsonObject predictions(
            @QueryParam("label") @Nullable String label,
            @QueryParam("model_version") @Nullable String modelVersion,
            @QueryParam("text") @Nullable String text,
            @QueryParam("min_confidence") @Nullable String minConfidence,
            @QueryParam("max_confidence") @Nullable String maxConfidence,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("api/v1/predictions/{id}")
    JsonObject prediction(@PathParam("id") String id);

    @Override
    void close();
}
