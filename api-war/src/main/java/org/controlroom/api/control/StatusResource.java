package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.operate.NodeStatus;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The node as one object. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("status")
@Tag(name = "status")
public class StatusResource {

    private final NodeStatus status;

    @Inject
    public StatusResource(NodeStatus status) {
        this.status = status;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "healthy, degraded or unhealthy; live model, registry, database")
    public NodeStatus.Status get() {
        return status.status();
    }
}
