package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.PluginCheck;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Plugin jars in two steps: upload one and see what it holds, then install it or update with it. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("plugin-uploads")
@Tag(name = "plugins")
public class PluginUploadsResource {

    private static final int MAX_NAME = 200;

    private final Plugins plugins;
    private final StagedJars staged;
    private final PluginChanges changes;
    private final ModelNeeds needs;

    @Inject
    public PluginUploadsResource(Plugins plugins, StagedJars staged, PluginChanges changes, ModelNeeds needs) {
        this.plugins = plugins;
        this.staged = staged;
        this.changes = changes;
        this.needs = needs;
    }

    @POST
    @Consumes({"application/java-archive", "application/zip", MediaType.APPLICATION_OCTET_STREAM})
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Upload a plugin jar and check it; nothing is installed yet; the body is the jar")
    @APIResponseSchema(value = Upload.class, responseCode = "201", responseDescription = "What the jar holds")
    public Response upload(
            @QueryParam("file_name") @DefaultValue("plugin.jar") String fileName, InputStream jar, @Context UriInfo uri)
            throws IOException {
        String name = fileName.length() > MAX_NAME ? fileName.substring(fileName.length() - MAX_NAME) : fileName;
        StagedJars.Staged added = staged.add(jar, name);
        try {
            return Response.created(
                            uri.getBaseUriBuilder().path("plugin-uploads/{id}").build(added.id()))
                    .entity(view(added))
                    .build();
        } catch (RuntimeException e) {
            staged.remove(added.id()); // it cannot be installed whatever happens
            throw e;
        }
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "An uploaded jar, checked anew against what is installed now")
    public Upload get(@PathParam("id") String id) {
        return view(staged.get(id));
    }

    @DELETE
    @Path("{id}")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Throw an uploaded jar away")
    public void discard(@PathParam("id") String id) {
        staged.get(id);
        staged.remove(id);
    }

    @POST
    @Path("{id}/install")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Install an uploaded jar beside other versions; answers at once with the change to watch")
    @APIResponseSchema(value = PluginChange.class, responseCode = "202", responseDescription = "The change has begun")
    public Response install(@PathParam("id") String id, @Context UriInfo uri) {
        StagedJars.Staged jar = staged.get(id);
        PluginCheck check = checked(jar);
        PluginChanges.Request request = new PluginChanges.Request("install", check.id(), null, check.version(), null);
        return accepted(
                changes.start(request, () -> {
                    plugins.install(jar.jar().file());
                    staged.remove(id);
                }),
                uri);
    }

    @POST
    @Path("{id}/update")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Replace the newest installed version by an uploaded jar; answers with the change to watch")
    @APIResponseSchema(value = PluginChange.class, responseCode = "202", responseDescription = "The change has begun")
    public Response update(
            @PathParam("id") String id,
            @Parameter(
                            description = "How the old version is replaced.",
                            schema = @Schema(enumeration = {"blue_green", "in_place"}))
                    @QueryParam("mode")
                    @DefaultValue("blue_green")
                    String mode,
            @Context UriInfo uri) {
        Plugins.UpdateMode how = PluginsResource.mode(mode);
        StagedJars.Staged jar = staged.get(id);
        PluginCheck check = checked(jar);
        if (check.installed().isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "plugin-nothing-to-replace",
                            "plugin {0}: is not installed, so nothing can be replaced",
                            check.id()));
        }
        PluginChanges.Request request = new PluginChanges.Request(
                "update", check.id(), check.installed().get(0), check.version(), mode);
        return accepted(
                changes.start(request, () -> {
                    plugins.update(check.id(), jar.jar().file(), how);
                    staged.remove(id);
                }),
                uri);
    }

    static Response accepted(PluginChange change, UriInfo uri) {
        return Response.accepted(change)
                .location(uri.getBaseUriBuilder().path("plugin-changes/{id}").build(change.id()))
                .build();
    }

    private PluginCheck checked(StagedJars.Staged jar) {
        PluginCheck check = plugins.check(jar.jar().file());
        if (!check.problems().isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_INVALID,
                    "plugin " + check.id() + " " + check.version() + ": " + String.join("; ", check.problems()));
        }
        return check;
    }

    private Upload view(StagedJars.Staged jar) {
        PluginCheck check = plugins.check(jar.jar().file());
        List<ModelNeeds.Need> known = PluginsResource.needsOrNull(needs);
        return new Upload(
                jar.id(),
                jar.fileName(),
                jar.receivedAt(),
                check,
                known == null ? null : PluginView.NeededBy.of(known, check.id(), check.version()));
    }

    /**
     * An uploaded jar.
     *
     * @param fileName as it was called where it came from
     * @param check what it holds and what can be done with it
     * @param neededBy registered model versions that need this plugin, and whether this version can load them; null when
     *     the registry does not answer
     */
    public record Upload(
            String id,
            String fileName,
            Instant receivedAt,
            PluginCheck check,
            @Nullable List<PluginView.NeededBy> neededBy) {}
}
