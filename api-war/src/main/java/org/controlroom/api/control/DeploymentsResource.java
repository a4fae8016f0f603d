package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.core.model.Page;
import org.controlroom.core.port.Deployments;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.RegisteredVersions;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deployment history of one model. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models/{name}/deployments")
@Tag(name = "models")
public class DeploymentsResource {

    private final ModelRegistry registry;
    private final Deployments deployments;

    @Inject
    public DeploymentsResource(ModelRegistry registry, Deployments deployments) {
        this.registry = registry;
        this.deployments = deployments;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"version", "action"},
            sorts = "since")
    @Operation(
            summary = "What was live from when to when, who put it there and why, newest first; registered says"
                    + " whether the registry in use has this very version; filters: version, action")
    public Page<Deployment> list(@PathParam("name") String name, @Context UriInfo uri) {
        KnownModels.require(registry, name);
        Page<Deployment> page = deployments.deployments(Paging.of(uri, Map.of("model", name)));
        RegisteredVersions registered = new RegisteredVersions(registry, name);
        return new Page<>(page.items().stream().map(registered::mark).toList(), page.next());
    }

    @GET
    @Path("nodes")
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"node", "version", "cause"},
            sorts = "since")
    @Operation(
            summary =
                    "What each node answered with from when to when, who put it into production, why and what it"
                            + " replaced, newest first; filters: node, version, cause (promoted, rolled_back, followed, started)")
    public Page<NodeDeployment> onNodes(@PathParam("name") String name, @Context UriInfo uri) {
        KnownModels.require(registry, name);
        Page<NodeDeployment> page = deployments.onNodes(Paging.of(uri, Map.of("model", name)));
        RegisteredVersions registered = new RegisteredVersions(registry, name);
        return new Page<>(page.items().stream().map(registered::mark).toList(), page.next());
    }
}
