package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.File;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.dataset.GenerateDatasetPipeline;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.core.port.DatasetVersions;
import org.controlroom.core.port.Pipelines;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Versions of the dataset with their files, snapshots of training runs, and the catalogue as it is now. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("datasets")
@Tag(name = "catalogue")
public class DatasetsResource {

    private final Catalogue catalogue;
    private final CatalogueViews views;
    private final DatasetVersions versions;
    private final GenerateDatasetPipeline pipeline;
    private final Pipelines pipelines;

    @Inject
    public DatasetsResource(
            Catalogue catalogue,
            CatalogueViews views,
            DatasetVersions versions,
            GenerateDatasetPipeline pipeline,
            Pipelines pipelines) {
        this.catalogue = catalogue;
        this.views = views;
        this.versions = versions;
        this.pipeline = pipeline;
        this.pipelines = pipelines;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = {"hash", "run_id"})
    @Operation(summary = "Versions of the dataset, newest first; filters: hash, run_id")
    public Page<DatasetVersion> list(@Context UriInfo uri) {
        return versions.list(Paging.of(uri));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary =
                    "Make a version: starts a run of pipeline generate-dataset with these parameters; answers at once with"
                            + " the queued run, whose outcome names the version")
    @APIResponseSchema(value = PipelineRun.class, responseCode = "202", responseDescription = "The queued run")
    public Response generate(@Nullable Generate body, @Context UriInfo uri) {
        PipelineRun run = pipelines.start(GenerateDatasetPipeline.NAME, body == null ? Map.of() : body.parameters());
        return Response.accepted(run)
                .location(uri.getBaseUriBuilder()
                        .path("pipelines/{pipeline}/runs/{id}")
                        .build(run.pipeline(), run.id()))
                .build();
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One version with its classes, files and lineage")
    public DatasetVersion version(@PathParam("id") String id) {
        return versions.find(id)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, Reason.of("dataset-unknown", "dataset '{0}' does not exist", id)));
    }

    @GET
    @Path("{id}/files/{name}")
    @Produces("application/vnd.apache.parquet")
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary = "A file of a version, as Parquet: productid, designation, description, imageid, prdtypecode,"
                    + " copy_number, weight")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "application/vnd.apache.parquet"))
    @APIResponse(responseCode = "404")
    public Response file(@PathParam("id") String id, @PathParam("name") String name) {
        java.nio.file.Path path = pipeline.file(version(id), name);
        if (!Files.isRegularFile(path)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of(
                            "dataset-file-gone",
                            "dataset {0}: its file {1} is gone; make the dataset again with the same parameters",
                            id,
                            name));
        }
        File file = Objects.requireNonNull(path.toFile());
        return Response.ok(file, "application/vnd.apache.parquet")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    @GET
    @Path("snapshots")
    @NeedsRole(Role.VIEWER)
    @Listed
    @Operation(summary = "Snapshots taken by training runs, newest first")
    public Page<DatasetSnapshot> snapshots(@Context UriInfo uri) {
        return catalogue.snapshots(Paging.of(uri));
    }

    @GET
    @Path("current")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "The catalogue in figures, as the next training would see it")
    public CatalogueTotals current() {
        return catalogue.totals();
    }

    @GET
    @Path("current/statistics")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "The catalogue described: classes, languages, text lengths; counted once after each load")
    public CatalogueStatistics statistics() {
        return views.statistics();
    }

    /**
     * What a version is to be; what is missing takes its default.
     *
     * @param percentage of the source, above 0, at most what is loaded, which is the default
     * @param seed of split and oversampling; 42 by default
     * @param testFraction share of each class to test on, above 0, at most 0.5; 0.2 by default
     * @param balancingStrategy {@code none}, {@code oversample} or {@code class_weights}; none by default
     * @param balancedSize rows up to which a class is oversampled; the size of the largest class by default
     */
    public record Generate(
            @Nullable Double percentage,
            @Nullable Long seed,
            @Nullable Double testFraction,
            @Nullable String balancingStrategy,
            @Nullable Long balancedSize) {

        Map<String, String> parameters() {
            Map<String, String> parameters = new TreeMap<>();
            put(parameters, "percentage", percentage);
            put(parameters, "seed", seed);
            put(parameters, "test_fraction", testFraction);
            put(parameters, "balancing_strategy", balancingStrategy);
            put(parameters, "balanced_size", balancedSize);
            return parameters;
        }

        private static void put(Map<String, String> parameters, String key, @Nullable Object value) {
            if (value != null) {
                parameters.put(key, value.toString());
            }
        }
    }
}
