package org.controlroom.ui.training.client;

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
        JsonObject schema = Fields.object(plugin, "settings");
        return new Plugin(
                Fields.text(plugin, "id"),
                Fields.text(plugin, "kind"),
                Fields.text(plugin, "version"),
                Fields.text(plugin, "status"),
                Fields.text(schema, "name"),
                Fields.text(schema, "help"),
                Fields.list(schema, "settings", Setting::of));
    }
}
