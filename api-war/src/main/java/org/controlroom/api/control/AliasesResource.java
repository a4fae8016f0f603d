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
import org.controlroom.spi.Reason;
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
                    Reason.of(
                            "alias-number",
                            "alias '{0}' of {1}; must not be a number, which is the name of a version",
                            alias,
                            name));
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
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND, Reason.of("alias-not-set", "model {0} has no alias '{1}'", name, alias));
        }
        registry.deleteAlias(name, alias);
        return registry.model(name);
    }

    private static void requireFree(String name, String alias) {
        if (alias.equals(ModelVersion.PRODUCTION_ALIAS)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "alias-serving",
                            "alias '{0}' of {1} says which version serves and moves with it; use promote or rollback",
                            alias,
                            name));
        }
    }

    /**
     * Body.
     *
     * @param version number of a version, as text
     */
    public record Target(@Nullable String version) {}
}
