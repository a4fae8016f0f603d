package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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

/** Routes of runs, pipelines and models. A query parameter that is null is not sent. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface TrainingApi extends AutoCloseable {

    @GET
    @Path("experiments")
    JsonObject experiments();

    @GET
    @Path("runs")
    JsonObject runs(
            @QueryParam("experiment") @Nullable String experiment,
            @QueryParam("status") @Nullable String status,
            @QueryParam("name") @Nullable String name,
            @QueryParam("parameters.preset") @Nullable String preset,
            @QueryParam("min_metrics.f1_weighted") @Nullable String minF1,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("25") int limit);

    @GET
    @Path("runs/{id}")
    JsonObject run(@PathParam("id") String id);

    @GET
    @Path("runs/{id}/page")
    JsonObject runPage(@PathParam("id") String id);

    @GET
    @Path("runs/{id}/artifacts")
    JsonObject artifacts(@PathParam("id") String id, @QueryParam("limit") int limit);

    @GET
    @Path("runs/{id}/artifacts/{file}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    String artifact(@PathParam("id") String id, @PathParam("file") String file);

    @GET
    @Path("runs/{id}/misclassified")
    JsonObject misclassified(
            @PathParam("id") String id,
            @QueryParam("true_label") @Nullable String trueLabel,
            @QueryParam("predicted_label") @Nullable String predictedLabel,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("pipelines/{pipeline}/runs")
    JsonObject pipelineRuns(
            @PathParam("pipeline") String pipeline,
            @QueryParam("status") @Nullable String status,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("pipelines/{pipeline}/runs/{id}")
    JsonObject pipelineRun(@PathParam("pipeline") String pipeline, @PathParam("id") String id);

    @GET
    @Path("pipelines/{pipeline}/runs/{id}/log")
    JsonObject log(@PathParam("pipeline") String pipeline, @PathParam("id") String id, @QueryParam("tail") int lines);

    @POST
    @Path("pipelines/{pipeline}/runs")
    JsonObject start(@PathParam("pipeline") String pipeline, JsonObject body);

    @POST
    @Path("pipelines/{pipeline}/runs/{id}/{action}")
    JsonObject act(
            @PathParam("pipeline") String pipeline,
            @PathParam("id") String id,
            @PathParam("action") String action,
            JsonObject body);

    @GET
    @Path("pipelines/train-model/form")
    JsonObject form(@HeaderParam("Accept-Language") String language);

    @GET
    @Path("plugins")
    JsonObject plugins(@HeaderParam("Accept-Language") String language, @QueryParam("limit") int limit);

    @GET
    @Path("plugins/{id}/settings")
    JsonObject settings(@PathParam("id") String id);

    @GET
    @Path("models/{name}")
    JsonObject model(@PathParam("name") String name);

    @GET
    @Path("models/{name}/versions")
    JsonObject versions(
            @PathParam("name") String name,
            @QueryParam("stage") @Nullable String stage,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("models/{name}/versions/{version}")
    JsonObject version(@PathParam("name") String name, @PathParam("version") String version);

    @GET
    @Path("models/{name}/deployments")
    JsonObject deployments(
            @PathParam("name") String name,
            @QueryParam("version") @Nullable String version,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("models/{name}/deployments/nodes")
    JsonObject onNodes(
            @PathParam("name") String name,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("models/{name}/decisions")
    JsonObject decisions(
            @PathParam("name") String name,
            @QueryParam("version") @Nullable String version,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("models/{name}/decisions/{id}")
    JsonObject decision(@PathParam("name") String name, @PathParam("id") String id);

    @GET
    @Path("models/{name}/versions/{version}/decision")
    JsonObject dryRun(@PathParam("name") String name, @PathParam("version") String version);

    @GET
    @Path("models/{name}/versions/{version}/compare/{other}")
    JsonObject compare(
            @PathParam("name") String name, @PathParam("version") String version, @PathParam("other") String other);

    @GET
    @Path("models/{name}/versions/{version}/compare/{other}/rows")
    JsonObject comparedRows(
            @PathParam("name") String name,
            @PathParam("version") String version,
            @PathParam("other") String other,
            @QueryParam("change") @Nullable String change,
            @QueryParam("true_label") @Nullable String trueLabel,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @POST
    @Path("models/{name}/versions/{version}/{decision}")
    JsonObject decide(
            @PathParam("name") String name,
            @PathParam("version") String version,
            @PathParam("decision") String decision,
            JsonObject body);

    @GET
    @Path("models/{name}/rollback")
    JsonObject rollBackTarget(@PathParam("name") String name);

    @POST
    @Path("models/{name}/rollback")
    JsonObject rollBack(@PathParam("name") String name, JsonObject body);

    @PUT
    @Path("models/{name}/aliases/{alias}")
    JsonObject setAlias(@PathParam("name") String name, @PathParam("alias") String alias, JsonObject body);

    @DELETE
    @Path("models/{name}/aliases/{alias}")
    JsonObject removeAlias(@PathParam("name") String name, @PathParam("alias") String alias);

    @PUT
    @Path("models/{name}/versions/{version}/tags/{tag}")
    JsonObject setTag(
            @PathParam("name") String name,
            @PathParam("version") String version,
            @PathParam("tag") String tag,
            JsonObject body);

    @DELETE
    @Path("models/{name}/versions/{version}/tags/{tag}")
    JsonObject removeTag(
            @PathParam("name") String name, @PathParam("version") String version, @PathParam("tag") String tag);

    @Override
    void close();
}
