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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Page;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Installations, updates and restorations of plugins that were started by the routes that answer 202. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("plugin-changes")
@Tag(name = "plugins")
public class PluginChangesResource {

    private final PluginChanges changes;

    @Inject
    public PluginChangesResource(PluginChanges changes) {
        this.changes = changes;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"plugin", "status"},
            sorts = {"plugin", "status"})
    @Operation(summary = "Changes since the server's start, newest first, without samples; filters: plugin, status")
    public Page<PluginChange> list(@Context UriInfo uri) {
        Function<PluginChange, String> plugin = PluginChange::plugin;
        Function<PluginChange, String> status = change -> change.status().text();
        List<PluginChange> all =
                changes.list().stream().map(PluginChangesResource::brief).toList();
        return Paging.page(all, Paging.of(uri), Map.of("plugin", plugin, "status", status));
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One change with the plugin's calls before, during and after it")
    public PluginChange change(@PathParam("id") String id) {
        return changes.change(id);
    }

    private static PluginChange brief(PluginChange change) {
        return new PluginChange(
                change.id(),
                change.action(),
                change.plugin(),
                change.fromVersion(),
                change.toVersion(),
                change.mode(),
                change.status(),
                change.startedAt(),
                change.endedAt(),
                change.code(),
                change.reason(),
                change.problems(),
                List.of());
    }
}
