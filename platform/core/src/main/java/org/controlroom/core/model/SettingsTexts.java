package org.controlroom.core.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.controlroom.spi.Setting;
import org.controlroom.spi.SettingsSchema;

/**
 * Names and help of settings in other languages than that of their description, which is English.
 *
 * @param byLanguage ISO 639 code; in it {@code name} and {@code help} of the whole, {@code KEY.name} and {@code KEY.help}
 *     of a setting; what is missing stays as it is described
 */
public record SettingsTexts(Map<String, Map<String, String>> byLanguage) {

    /** No other language. */
    public static final SettingsTexts NONE = new SettingsTexts(Map.of());

    public SettingsTexts {
        byLanguage = byLanguage.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
    }

    /**
     * The description in the first of the wanted languages that there is.
     *
     * @param wanted most wanted first, as {@code Accept-Language} says it; may be empty
     */
    public SettingsSchema in(List<Locale> wanted, SettingsSchema schema) {
        for (Locale locale : wanted) {
            Map<String, String> texts = byLanguage.get(locale.getLanguage());
            if (texts != null) {
                return written(schema, texts);
            }
            if (locale.getLanguage().equals("en")) {
                return schema;
            }
        }
        return schema;
    }

    private static SettingsSchema written(SettingsSchema schema, Map<String, String> texts) {
        return new SettingsSchema(
                texts.getOrDefault("name", schema.name()),
                texts.getOrDefault("help", schema.help()),
                schema.settings().stream()
                        .map(setting -> written(setting, texts))
                        .toList());
    }

    private static Setting written(Setting setting, Map<String, String> texts) {
        return new Setting(
                setting.key(),
                texts.getOrDefault(setting.key() + ".name", setting.name()),
                texts.getOrDefault(setting.key() + ".help", setting.help()),
                setting.type(),
                setting.list(),
                setting.defaultValue(),
                setting.min(),
                setting.max(),
                setting.options());
    }
}
