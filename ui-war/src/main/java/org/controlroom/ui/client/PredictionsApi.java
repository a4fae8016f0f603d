package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
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

    @GET
    @Path("api/v1/predictions/{id}/prediction")
    JsonObject predictionNow(@PathParam("id") String id);

    @GET
    @Path("api/v1/batches")
    JsonObject batches(@QueryParam("limit") int limit);

    @POST
    @Path("api/v1/batches")
    @Consumes(MediaType.WILDCARD)
    JsonObject upload(
            @HeaderParam("Content-Type") String contentType, @QueryParam("name") String name, InputStream body);

    @GET
    @Path("api/v1/batches/{id}/result")
    @Produces(MediaType.WILDCARD)
    Response answers(@PathParam("id") String id);

    @DELETE
    @Path("api/v1/batches/{id}")
    void removeBatch(@PathParam("id") String id);

    @Override
    void close();
}
