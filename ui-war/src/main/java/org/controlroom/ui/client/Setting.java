package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting that a form asks for.
 *
 * @param type Boolean, Integer, Long, Float, Double, String or Password
 * @param defaultValue null when a value is required
 * @param options the only values allowed; empty when any value is
 */
public record Setting(
        String key,
        String name,
        String help,
        String type,
        @Nullable String defaultValue,
        @Nullable String min,
        @Nullable String max,
        List<String> options) {

    static Setting of(JsonObject setting) {
        return new Setting(
                JsonFields.text(setting, "key"),
                JsonFields.text(setting, "name"),
                JsonFields.text(setting, "help"),
                JsonFields.text(setting, "type"),
                JsonFields.textOrNull(setting, "default_value"),
                JsonFields.textOrNull(setting, "min"),
                JsonFields.textOrNull(setting, "max"),
                JsonFields.texts(setting, "options"));
    }
}
