package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.RegisteredModel;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Aliases of one model, all but the one that says which version serves: that one moves by promoting. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models/{name}/aliases/{alias}")
@Tag(name = "models")
public class AliasesResource {

    private static final int MAX_VERSION = 20;

    private final ModelRegistry registry;

    @Inject
    public AliasesResource(ModelRegistry registry) {
        this.registry = registry;
    }

    @PUT
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Point an alias at a version, and away from any other")
    public RegisteredModel set(
            @PathParam("name") String name, @PathParam("alias") String alias, @Nullable Target body) {
        requireFree(name, alias);
        if (alias.chars().allMatch(Character::isDigit)) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "alias '" + alias + "' of " + name + "; must not be a number, which is the name of a version");
        }
        registry.setAlias(name, alias, Decision.text("version", body == null ? null : body.version(), MAX_VERSION));
        return registry.model(name);
    }

    @DELETE
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Remove an alias; answers the model without it")
    public RegisteredModel remove(@PathParam("name") String name, @PathParam("alias") String alias) {
        requireFree(name, alias);
        if (!registry.model(name).aliases().containsKey(alias)) {
            throw new ControlRoomException(ErrorCode.NOT_FOUND, "model " + name + " has no alias '" + alias + "'");
        }
        registry.deleteAlias(name, alias);
        return registry.model(name);
    }

    private static void requireFree(String name, String alias) {
        if (alias.equals(ModelVersion.PRODUCTION_ALIAS)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    "alias '" + alias + "' of " + name
                            + " says which version serves and moves with it; use promote or rollback");
        }
    }

    /**
     * Body.
     *
     * @param version number of a version, as text
     */
    public record Target(@Nullable String version) {}
}
