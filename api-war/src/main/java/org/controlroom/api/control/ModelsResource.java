package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.RegisteredModel;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.PromoteModel;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Registered models. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models")
@Tag(name = "models")
public class ModelsResource {

    private final ModelRegistry registry;
    private final PromoteModel promotion;

    @Inject
    public ModelsResource(ModelRegistry registry, PromoteModel promotion) {
        this.registry = registry;
        this.promotion = promotion;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"name", "stage"},
            sorts = "created_at")
    @Operation(summary = "Versions of all models, newest first; filters: name, stage")
    public Page<ModelVersion> list(@Context UriInfo uri) {
        return registry.versions(Paging.of(uri));
    }

    @GET
    @Path("{name}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One model with its aliases and the number of its newest version")
    public RegisteredModel model(@PathParam("name") String name) {
        return registry.model(name);
    }

    @GET
    @Path("{name}/rollback")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "The version that a rollback would put back; 409 says why there is none")
    public ModelVersion rollBackTarget(@PathParam("name") String name) {
        Decision.requireServed(name);
        return promotion.previous(registry);
    }

    @POST
    @Path("{name}/rollback")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Put the version back into production that the present one replaced")
    public ModelVersion rollBack(
            @PathParam("name") String name, Decision.@Nullable Reason body, @Context SecurityContext security) {
        Decision.requireServed(name);
        registry.ping(); // before this waits for whoever else is at it
        return promotion.rollBack(Decision.reason(body), Decision.actor(security));
    }
}
