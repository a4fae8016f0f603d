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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Registered models, their versions, and which one serves. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models")
@Tag(name = "models")
public class ModelsResource {

    private static final int MAX_REASON = 1000;

    private final ModelRegistry registry;
    private final PromoteModel promotion;

    @Inject
    public ModelsResource(ModelRegistry registry, PromoteModel promotion) {
        this.registry = registry;
        this.promotion = promotion;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Versions of all models, newest first; filters: name, stage")
    public Page<ModelVersion> list(@Context UriInfo uri) {
        return registry.versions(Paging.of(uri));
    }

    @GET
    @Path("{name}/versions")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Versions of one model, newest first; filter: stage")
    public Page<ModelVersion> versions(@PathParam("name") String name, @Context UriInfo uri) {
        return registry.versions(Paging.of(uri, Map.of("name", name)));
    }

    @GET
    @Path("{name}/versions/{version}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One version, by number or alias")
    public ModelVersion version(@PathParam("name") String name, @PathParam("version") String version) {
        if (version.chars().allMatch(Character::isDigit)) {
            return registry.version(name, version);
        }
        return registry.versionByAlias(name, version)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, "model " + name + " has no version with alias '" + version + "'"));
    }

    @POST
    @Path("{name}/versions/{version}/promote")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Put a version into production: load it, try it, make it live")
    public ModelVersion promote(
            @PathParam("name") String name, @PathParam("version") String version, @Nullable Reason body) {
        requireServed(name);
        return promotion.promote(version, reason(body));
    }

    @POST
    @Path("{name}/versions/{version}/stage")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Move a version to Staging")
    public ModelVersion stage(
            @PathParam("name") String name, @PathParam("version") String version, @Nullable Reason body) {
        requireServed(name);
        return promotion.stage(version, reason(body));
    }

    @POST
    @Path("{name}/versions/{version}/archive")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Archive a version that is not in production")
    public ModelVersion archive(
            @PathParam("name") String name, @PathParam("version") String version, @Nullable Reason body) {
        requireServed(name);
        return promotion.archive(version, reason(body));
    }

    @POST
    @Path("{name}/rollback")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Put the version back into production that the present one replaced")
    public ModelVersion rollBack(@PathParam("name") String name, @Nullable Reason body) {
        requireServed(name);
        return promotion.rollBack(reason(body));
    }

    private static void requireServed(String name) {
        if (!name.equals(ModelVersion.CLASSIFIER)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND, "model '" + name + "'; only " + ModelVersion.CLASSIFIER + " is served");
        }
    }

    private static String reason(@Nullable Reason body) {
        String reason = body == null ? null : body.reason();
        if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "body",
                    List.of(new Problem(
                            "reason",
                            (reason == null
                                            ? "is missing"
                                            : reason.isBlank() ? "is blank" : "has " + reason.length() + " characters")
                                    + "; must be 1.." + MAX_REASON + " characters")));
        }
        return reason.strip();
    }

    /**
     * Body of every decision.
     *
     * @param reason why, for people; kept with the version
     */
    public record Reason(@Nullable String reason) {}
}
