package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Experiment;
import org.controlroom.core.model.Page;
import org.controlroom.core.port.ModelRegistry;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Experiments: named groups of runs. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("experiments")
@Tag(name = "runs")
public class ExperimentsResource {

    private final ModelRegistry registry;

    @Inject
    public ExperimentsResource(ModelRegistry registry) {
        this.registry = registry;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "name", sorts = "name")
    @Operation(summary = "Experiments by name, with the number of their runs; filter: name")
    public Page<Experiment> list(@Context UriInfo uri) {
        return Paging.page(registry.experiments(), Paging.of(uri), Map.of("name", Experiment::name));
    }
}
