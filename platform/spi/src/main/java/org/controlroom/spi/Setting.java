package org.controlroom.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Description of one setting, read from a plugin's OSGi Metatype; draws one field of a form.
 *
 * @param key key in {@link Settings}
 * @param name short label for people
 * @param help what it does, with unit; may be empty
 * @param type Boolean, Integer, Long, Float, Double, String or Password (secret)
 * @param list whether several comma-separated values are allowed
 * @param defaultValue text of the default; null when a value is required
 * @param min smallest value allowed; null when unbounded
 * @param max largest value allowed; null when unbounded
 * @param options the only values allowed; empty when any value is
 */
public record Setting(
        String key,
        String name,
        String help,
        String type,
        boolean list,
        @Nullable String defaultValue,
        @Nullable String min,
        @Nullable String max,
        List<String> options) {

    public Setting {
        options = List.copyOf(options);
    }

    /** Whether the value must be masked wherever it is shown. */
    public boolean secret() {
        return type.equals("Password");
    }
}
