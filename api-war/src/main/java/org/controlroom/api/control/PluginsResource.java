package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Plugins: install, update, start, stop, remove, while requests are served. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("plugins")
@Tag(name = "plugins")
public class PluginsResource {

    private final Plugins plugins;
    private final PluginChanges changes;
    private final ModelNeeds needs;

    @Inject
    public PluginsResource(Plugins plugins, PluginChanges changes, ModelNeeds needs) {
        this.plugins = plugins;
        this.changes = changes;
        this.needs = needs;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"id", "kind", "status", "version"},
            sorts = {"id", "kind", "status", "version"})
    @Operation(summary = "Installed plugin versions, by id and then newest first; filters: id, kind, status, version")
    public Page<PluginView> list(@Context UriInfo uri, @Context HttpHeaders headers) {
        Function<PluginView, String> id = PluginView::id;
        Function<PluginView, String> kind = PluginView::kind;
        Function<PluginView, String> version = PluginView::version;
        Function<PluginView, String> status = plugin -> plugin.status().name().toLowerCase(Locale.ROOT);
        return Paging.page(
                views(plugins.list(), headers),
                Paging.of(uri),
                Map.of("id", id, "kind", kind, "status", status, "version", version));
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "All installed versions of one plugin, newest first")
    public Page<PluginView> plugin(@PathParam("id") String id, @Context HttpHeaders headers) {
        List<PluginState> versions =
                plugins.list().stream().filter(plugin -> plugin.id().equals(id)).toList();
        if (versions.isEmpty()) {
            throw notFound(id);
        }
        return new Page<>(views(versions, headers), null);
    }

    private List<PluginView> views(List<PluginState> states, HttpHeaders headers) {
        List<ModelNeeds.Need> known = needsOrNull(needs);
        return states.stream()
                .map(state -> PluginView.of(state, known, headers.getAcceptableLanguages()))
                .toList();
    }

    /** A registry that does not answer is no reason to hide the plugins. */
    static @Nullable List<ModelNeeds.Need> needsOrNull(ModelNeeds needs) {
        try {
            return needs.needs();
        } catch (ControlRoomException e) {
            return null;
        }
    }

    @GET
    @Path("{id}/calls")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Calls and errors of every version since the server's start, also of those that are gone")
    public Page<PluginCalls> calls(@PathParam("id") String id) {
        requireInstalled(id);
        return new Page<>(
                plugins.calls().stream().filter(calls -> calls.id().equals(id)).toList(), null);
    }

    @GET
    @Path("{id}/kept")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Replaced versions whose jars are kept and can be put back, newest first")
    public Page<KeptPlugin> kept(@PathParam("id") String id) {
        requireInstalled(id);
        return new Page<>(
                plugins.kept().stream().filter(kept -> kept.id().equals(id)).toList(), null);
    }

    @POST
    @Path("{id}/versions/{version}/restore")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Put a kept version back in the place of the newest one; answers with the change to watch")
    @APIResponseSchema(value = PluginChange.class, responseCode = "202", responseDescription = "The change has begun")
    public Response restore(
            @PathParam("id") String id,
            @PathParam("version") String version,
            @Parameter(
                            description = "How the old version is replaced.",
                            schema = @Schema(enumeration = {"blue_green", "in_place"}))
                    @QueryParam("mode")
                    @DefaultValue("blue_green")
                    String mode,
            @Context UriInfo uri) {
        Plugins.UpdateMode how = mode(mode);
        requireInstalled(id);
        if (plugins.kept().stream()
                .noneMatch(kept -> kept.id().equals(id) && kept.version().equals(version))) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("plugin-not-kept", "plugin {0} {1}: no such version is kept", id, version));
        }
        String from = plugins.list().stream()
                .filter(plugin -> plugin.id().equals(id))
                .map(PluginState::version)
                .findFirst()
                .orElse(null);
        return PluginUploadsResource.accepted(
                changes.start(
                        new PluginChanges.Request("restore", id, from, version, mode),
                        () -> plugins.restore(id, version, how)),
                uri);
    }

    @POST
    @Consumes({"application/java-archive", "application/zip", MediaType.APPLICATION_OCTET_STREAM})
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Install a plugin jar beside other versions; the body is the jar")
    @APIResponseSchema(value = PluginState.class, responseCode = "201", responseDescription = "Installed and started")
    public Response install(InputStream jar, @Context UriInfo uri) throws IOException {
        try (UploadedJar upload = UploadedJar.receive(jar)) {
            return created(plugins.install(upload.file()), uri);
        }
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Install a plugin jar sent as the first file of a form")
    @APIResponseSchema(value = PluginState.class, responseCode = "201", responseDescription = "Installed and started")
    public Response install(List<EntityPart> parts, @Context UriInfo uri) throws IOException {
        try (UploadedJar upload = UploadedJar.receive(file(parts))) {
            return created(plugins.install(upload.file()), uri);
        }
    }

    @PUT
    @Path("{id}")
    @Consumes({"application/java-archive", "application/zip", MediaType.APPLICATION_OCTET_STREAM})
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Replace the highest version of a plugin; mode: blue_green or in_place")
    public PluginState update(
            @PathParam("id") String id,
            @Parameter(
                            description = "How the old version is replaced.",
                            schema = @Schema(enumeration = {"blue_green", "in_place"}))
                    @QueryParam("mode")
                    @DefaultValue("blue_green")
                    String mode,
            InputStream jar)
            throws IOException {
        Plugins.UpdateMode how = mode(mode);
        requireInstalled(id);
        try (UploadedJar upload = UploadedJar.receive(jar)) {
            return plugins.update(id, upload.file(), how);
        }
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Replace the highest version of a plugin by the first file of a form")
    public PluginState update(
            @PathParam("id") String id,
            @Parameter(
                            description = "How the old version is replaced.",
                            schema = @Schema(enumeration = {"blue_green", "in_place"}))
                    @QueryParam("mode")
                    @DefaultValue("blue_green")
                    String mode,
            List<EntityPart> parts)
            throws IOException {
        return update(id, mode, file(parts));
    }

    @POST
    @Path("{id}/versions/{version}/start")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Start a stopped version")
    public PluginState start(@PathParam("id") String id, @PathParam("version") String version) {
        return plugins.start(id, version);
    }

    @POST
    @Path("{id}/versions/{version}/stop")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Stop a version that nobody uses")
    public PluginState stop(@PathParam("id") String id, @PathParam("version") String version) {
        return plugins.stop(id, version);
    }

    @DELETE
    @Path("{id}/versions/{version}")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Remove a version that nobody uses")
    public void remove(@PathParam("id") String id, @PathParam("version") String version) {
        plugins.remove(id, version);
    }

    private void requireInstalled(String id) {
        if (plugins.list().stream().noneMatch(plugin -> plugin.id().equals(id))) {
            throw notFound(id);
        }
    }

    private ControlRoomException notFound(String id) {
        return new ControlRoomException(
                ErrorCode.NOT_FOUND,
                Reason.of(
                        "plugin-among",
                        "plugin '{0}'; installed are {1}",
                        id,
                        plugins.list().stream().map(PluginState::id).distinct().toList()));
    }

    private static Response created(PluginState plugin, UriInfo uri) {
        return Response.created(uri.getBaseUriBuilder().path("plugins/{id}").build(plugin.id()))
                .entity(plugin)
                .build();
    }

    static Plugins.UpdateMode mode(String text) {
        return switch (text) {
            case "blue_green" -> Plugins.UpdateMode.BLUE_GREEN;
            case "in_place" -> Plugins.UpdateMode.IN_PLACE;
            default ->
                throw new ControlRoomException(
                        ErrorCode.INVALID_INPUT,
                        "query",
                        List.of(new Problem("mode", "'" + text + "'; must be blue_green or in_place")));
        };
    }

    private static InputStream file(List<EntityPart> parts) {
        return parts.stream()
                .filter(part -> part.getFileName().isPresent())
                .findFirst()
                .map(EntityPart::getContent)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.INVALID_INPUT,
                        "form",
                        List.of(new Problem("file", "is missing; must be a part with a file name"))));
    }
}
