package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.controlroom.spi.Setting;
import org.controlroom.spi.SettingsSchema;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Settings of one plugin: what there is to set, and what is set. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("plugins/{id}/settings")
@Tag(name = "plugins")
public class PluginSettingsResource {

    private static final String MASK = "********";

    private final Plugins plugins;

    @Inject
    public PluginSettingsResource(Plugins plugins) {
        this.plugins = plugins;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Schema and effective values; secrets masked")
    public View get(@PathParam("id") String id, @Context HttpHeaders headers) {
        PluginState plugin = plugin(id);
        SettingsSchema schema = plugin.texts().in(headers.getAcceptableLanguages(), plugin.settings());
        Map<String, String> stored = plugins.storedSettings(id);
        TreeMap<String, String> values = new TreeMap<>();
        for (Setting setting : schema.settings()) {
            String value = stored.getOrDefault(setting.key(), setting.defaultValue());
            if (value != null) {
                values.put(setting.key(), setting.secret() && !value.isEmpty() ? MASK : value);
            }
        }
        return new View(schema, values, stored.keySet().stream().sorted().toList());
    }

    @PUT
    @NeedsRole(Role.ADMIN)
    @Operation(
            summary =
                    "Set values that take the place of the defaults; all others return to them; a masked secret stays")
    public View put(@PathParam("id") String id, @Nullable Values body, @Context HttpHeaders headers) {
        SettingsSchema schema = plugin(id).settings();
        Map<String, String> values = body == null ? null : body.values();
        if (values == null) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "body",
                    List.of(new Problem("values", "is missing; must be an object of texts, empty to reset")));
        }
        List<Problem> nulls = values.entrySet().stream()
                .filter(entry -> entry.getValue() == null)
                .map(entry -> new Problem(entry.getKey(), "is null; must be a text, or left out for the default"))
                .toList();
        if (!nulls.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "values", nulls);
        }
        plugins.configure(id, unmasked(schema, values, plugins.storedSettings(id)));
        return get(id, headers);
    }

    /** A secret that comes back as it was shown is the one that is stored; without one it is the default. */
    private static Map<String, String> unmasked(
            SettingsSchema schema, Map<String, String> values, Map<String, String> stored) {
        Map<String, String> unmasked = new TreeMap<>(values);
        for (Setting setting : schema.settings()) {
            if (setting.secret() && MASK.equals(values.get(setting.key()))) {
                String kept = stored.get(setting.key());
                if (kept == null) {
                    unmasked.remove(setting.key());
                } else {
                    unmasked.put(setting.key(), kept);
                }
            }
        }
        return unmasked;
    }

    private PluginState plugin(String id) {
        return plugins.list().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, Reason.of("plugin-not-installed", "plugin '{0}' is not installed", id)));
    }

    /**
     * Answer.
     *
     * @param schema of the newest installed version
     * @param values values by key, the stored ones over the defaults; a required one that is not stored is missing
     * @param stored keys whose values are stored; all others are defaults
     */
    public record View(SettingsSchema schema, Map<String, String> values, List<String> stored) {}

    /**
     * Body.
     *
     * @param values by key; empty to return to the defaults
     */
    public record Values(@Nullable Map<String, String> values) {}
}
