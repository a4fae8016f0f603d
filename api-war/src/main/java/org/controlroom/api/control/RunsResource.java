package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.migrate.CopiedRuns;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.train.MisclassifiedProducts;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Experiment runs: parameters, metrics, tags, artifacts. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("runs")
@Tag(name = "runs")
public class RunsResource {

    private static final String PNG = "image/png";

    private final ModelRegistry registry;

    @Inject
    public RunsResource(ModelRegistry registry) {
        this.registry = registry;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {
                "experiment",
                "status",
                "name",
                "started_after",
                "started_before",
                "parameters.<key>",
                "tags.<key>",
                "min_metrics.<key>",
                "max_metrics.<key>"
            },
            sorts = {"started_at", "name", "status", "metrics.<key>", "parameters.<key>"})
    @Operation(
            summary = "Experiment runs, newest first; filters: experiment, status, name, parameters.<key>, tags.<key>,"
                    + " min_metrics.<key>, max_metrics.<key>, started_after, started_before; sort: started_at, name,"
                    + " status, metrics.<key>, parameters.<key>")
    public Page<ExperimentRun> list(@Context UriInfo uri) {
        return registry.runs(Paging.of(uri));
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One experiment run")
    public ExperimentRun run(@PathParam("id") String id) {
        return CopiedRuns.find(registry, id);
    }

    @GET
    @Path("{id}/page")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Which registry keeps the run, and the address of its own page about it")
    public RunPage page(@PathParam("id") String id) {
        String here = CopiedRuns.find(registry, id).id();
        return new RunPage(registry.kind(), registry.page(here).orElse(null));
    }

    @GET
    @Path("{id}/artifacts")
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "path", sorts = "path")
    @Operation(summary = "Paths of the run's artifact files; filter: path")
    public Page<Artifact> artifacts(@PathParam("id") String id, @Context UriInfo uri) {
        List<Artifact> all = registry.artifacts(CopiedRuns.find(registry, id).id()).stream()
                .map(Artifact::new)
                .toList();
        Function<Artifact, String> path = Artifact::path;
        return Paging.page(all, Paging.of(uri), Map.of("path", path));
    }

    @GET
    @Path("{id}/misclassified")
    @NeedsRole(Role.VIEWER)
    @Listed(filters = {"true_label", "predicted_label"})
    @Operation(
            summary = "Hold-out products that the run's model answered wrongly, the surest mistakes first; filters:"
                    + " true_label, predicted_label")
    public Page<MisclassifiedProducts.Row> misclassified(@PathParam("id") String id, @Context UriInfo uri)
            throws IOException {
        PageRequest request = Paging.withoutSort(uri);
        requireArtifact(id, MisclassifiedProducts.FILE);
        try (TemporaryFolder folder = TemporaryFolder.create("artifact")) {
            java.nio.file.Path file = registry.fetchArtifact(
                    CopiedRuns.find(registry, id).id(), MisclassifiedProducts.FILE, folder.path());
            Function<MisclassifiedProducts.Row, String> truth = row -> Integer.toString(row.trueLabel());
            Function<MisclassifiedProducts.Row, String> predicted = row -> Integer.toString(row.predictedLabel());
            return Paging.page(
                    MisclassifiedProducts.read(file).rows(),
                    request,
                    Map.of("true_label", truth, "predicted_label", predicted));
        }
    }

    @GET
    @Path("{id}/artifacts/{path: .+}")
    @Produces({MediaType.APPLICATION_OCTET_STREAM, PNG})
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One artifact file, its checksum verified")
    public Response artifact(@PathParam("id") String id, @PathParam("path") String path) throws IOException {
        requireArtifact(id, path);
        TemporaryFolder folder = TemporaryFolder.create("artifact");
        java.nio.file.Path file;
        long length;
        try {
            file = registry.fetchArtifact(CopiedRuns.find(registry, id).id(), path, folder.path());
            length = Files.size(file);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
        StreamingOutput body = out -> {
            try (folder) {
                Files.copy(file, out);
            }
        };
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        // A page can show pictures; all else is for saving, whatever is in it.
        return Response.ok(body, name.endsWith(".png") ? PNG : MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, length)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    private void requireArtifact(String id, String path) {
        if (!registry.artifacts(CopiedRuns.find(registry, id).id()).contains(path)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("artifact-file-unknown", "run {0} has no artifact file '{1}'", id, path));
        }
    }

    /**
     * Where a run is shown besides here.
     *
     * @param registry embedded or mlflow
     * @param url null when that registry has no pages
     */
    public record RunPage(String registry, @Nullable String url) {}

    /**
     * One file of a run.
     *
     * @param path below the run's artifact root
     */
    public record Artifact(String path) {}
}
