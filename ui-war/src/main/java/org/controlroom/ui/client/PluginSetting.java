package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a plugin: its description and its present value.
 *
 * @param type Boolean, Integer, Long, Float, Double, String or Password
 * @param list whether several comma-separated values are allowed
 * @param defaultValue null when a value is required
 * @param options the only values allowed; empty when any value is
 * @param value a secret is masked; empty when nothing is set
 * @param stored whether the value takes the place of the default
 */
public record PluginSetting(
        String key,
        String name,
        String help,
        String type,
        boolean list,
        @Nullable String defaultValue,
        @Nullable String min,
        @Nullable String max,
        List<String> options,
        String value,
        boolean stored) {

    static PluginSetting of(JsonObject setting, JsonObject values, List<String> stored) {
        String key = JsonFields.text(setting, "key");
        return new PluginSetting(
                key,
                JsonFields.text(setting, "name"),
                JsonFields.text(setting, "help"),
                JsonFields.text(setting, "type"),
                setting.getBoolean("list", false),
                JsonFields.textOrNull(setting, "default_value"),
                JsonFields.textOrNull(setting, "min"),
                JsonFields.textOrNull(setting, "max"),
                JsonFields.texts(setting, "options"),
                JsonFields.text(values, key),
                stored.contains(key));
    }

    /** The same with what somebody typed. */
    public PluginSetting with(String typed) {
        return new PluginSetting(key, name, help, type, list, defaultValue, min, max, options, typed, stored);
    }

    public boolean secret() {
        return type.equals("Password");
    }

    /** Which control shows it: {@code check}, {@code choice}, {@code secret}, {@code number} or {@code text}. */
    public String control() {
        if (secret()) {
            return "secret";
        } else if (type.equals("Boolean") && !list) {
            return "check";
        } else if (!options.isEmpty() && !list) {
            return "choice";
        }
        return type.equals("String") || list ? "text" : "number";
    }
}
