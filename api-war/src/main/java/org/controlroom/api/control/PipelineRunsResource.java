package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.port.RunHistory;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The runs of all pipelines in one list. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("pipeline-runs")
@Tag(name = "pipelines")
public class PipelineRunsResource {

    private final RunHistory history;

    @Inject
    public PipelineRunsResource(RunHistory history) {
        this.history = history;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"pipeline", "status"},
            sorts = "created_at")
    @Operation(summary = "Runs of all pipelines, newest first; filters: pipeline, status")
    public Page<PipelineRun> list(@Context UriInfo uri) {
        return history.runs(Paging.of(uri));
    }
}
