package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;

/**
 * One installed plugin version that a training can use.
 *
 * @param kind {@code extractor}, {@code classifier} and others
 */
public record Plugin(
        String id, String kind, String version, String status, String name, String help, List<Setting> settings) {

    static Plugin of(JsonObject plugin) {
        JsonObject schema = JsonFields.object(plugin, "settings");
        return new Plugin(
                JsonFields.text(plugin, "id"),
                JsonFields.text(plugin, "kind"),
                JsonFields.text(plugin, "version"),
                JsonFields.text(plugin, "status"),
                JsonFields.text(schema, "name"),
                JsonFields.text(schema, "help"),
                JsonFields.objects(schema, "settings", Setting::of));
    }
}
