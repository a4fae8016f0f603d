package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * One installed version of a plugin.
 *
 * @param name of its settings' description, else its id
 * @param help what it does; may be empty
 * @param status {@code active}, {@code stopped} or {@code failed}
 * @param reason why it is in this status; empty when active
 * @param usedBy who needs it now
 * @param neededBy registered model versions that it can load
 * @param neededByKnown false when the registry did not answer
 */
public record PluginVersion(
        String id,
        String kind,
        String name,
        String help,
        String bundle,
        String version,
        String status,
        String reason,
        List<String> usedBy,
        List<ModelNeed> neededBy,
        boolean neededByKnown,
        boolean bundled,
        String sha256,
        long leases,
        long calls,
        long errors) {

    /**
     * A registered model version that needs the plugin.
     *
     * @param range versions of the plugin that can load it
     * @param accepts whether the version in question is among them
     */
    public record ModelNeed(String model, String version, String stage, String range, boolean accepts) {

        static ModelNeed of(JsonObject need) {
            return new ModelNeed(
                    JsonFields.text(need, "model"),
                    JsonFields.text(need, "version"),
                    JsonFields.text(need, "stage"),
                    JsonFields.text(need, "range"),
                    need.getBoolean("accepts", false));
        }
    }

    static PluginVersion of(JsonObject plugin) {
        JsonObject schema = JsonFields.object(plugin, "settings");
        String id = JsonFields.text(plugin, "id");
        String name = JsonFields.text(schema, "name");
        return new PluginVersion(
                id,
                JsonFields.text(plugin, "kind"),
                name.isEmpty() ? id : name,
                JsonFields.text(schema, "help"),
                JsonFields.text(plugin, "bundle"),
                JsonFields.text(plugin, "version"),
                JsonFields.text(plugin, "status"),
                JsonFields.text(plugin, "reason"),
                JsonFields.texts(plugin, "used_by"),
                JsonFields.objects(plugin, "needed_by", ModelNeed::of),
                !plugin.isNull("needed_by"),
                plugin.getBoolean("bundled", false),
                JsonFields.text(plugin, "sha256"),
                JsonFields.number(plugin, "leases"),
                JsonFields.number(plugin, "calls"),
                JsonFields.number(plugin, "errors"));
    }
}
