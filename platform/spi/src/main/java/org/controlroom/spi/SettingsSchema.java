package org.controlroom.spi;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one plugin, as its OSGi Metatype describes them.
 *
 * @param name label for people
 * @param help what the plugin does; may be empty
 * @param settings in the order of the description
 */
public record SettingsSchema(String name, String help, List<Setting> settings) {

    /** A plugin without settings. */
    public static final SettingsSchema EMPTY = new SettingsSchema("", "", List.of());

    private static final Pattern INTEGER_TYPE = Pattern.compile("Integer|Long|Short|Byte");
    private static final Pattern DECIMAL_TYPE = Pattern.compile("Float|Double");

    public SettingsSchema {
        settings = List.copyOf(settings);
    }

    /**
     * Reads a Metatype document, {@code OSGI-INF/metatype/*.xml} in a bundle, with exactly one object class definition.
     *
     * @throws ControlRoomException PLUGIN_INVALID when it is not such a document
     */
    public static SettingsSchema readMetatype(InputStream xml) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        String name = "";
        String help = "";
        Map<String, Setting> settings = new LinkedHashMap<>();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(xml);
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (reader.getLocalName().equals("OCD")) {
                    name = text(reader, "name", "");
                    help = text(reader, "description", "");
                } else if (reader.getLocalName().equals("AD")) {
                    Setting setting = readSetting(reader);
                    settings.put(setting.key(), setting);
                }
            }
        } catch (XMLStreamException e) {
            throw new ControlRoomException(ErrorCode.PLUGIN_INVALID, "metatype: " + e.getMessage(), e);
        }
        return new SettingsSchema(name, help, List.copyOf(settings.values()));
    }

    private static Setting readSetting(XMLStreamReader reader) throws XMLStreamException {
        String key = text(reader, "id", "");
        String name = text(reader, "name", key);
        String help = text(reader, "description", "");
        String type = text(reader, "type", "String");
        boolean list = !text(reader, "cardinality", "0").equals("0");
        String defaultValue = reader.getAttributeValue(null, "default");
        String min = reader.getAttributeValue(null, "min");
        String max = reader.getAttributeValue(null, "max");
        boolean required = !text(reader, "required", "true").equals("false");
        List<String> options = new ArrayList<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("Option")) {
                options.add(text(reader, "value", ""));
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && reader.getLocalName().equals("AD")) {
                break;
            }
        }
        String effectiveDefault = defaultValue == null && !required ? "" : defaultValue;
        return new Setting(key, name, help, type, list, effectiveDefault, min, max, options);
    }

    private static String text(XMLStreamReader reader, String attribute, String otherwise) {
        return Objects.requireNonNullElse(reader.getAttributeValue(null, attribute), otherwise);
    }

    /** The defaults alone. */
    public Settings defaults() {
        return complete("settings", Map.of());
    }

    /**
     * Fills in defaults and checks every value.
     *
     * @param owner whose settings these are, for the message
     * @param given keys and texts; a missing key takes its default
     * @throws ControlRoomException SETTINGS_INVALID naming every unknown key, missing value, wrong type and value
     *     outside its range
     */
    public Settings complete(String owner, Map<String, String> given) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> complete = new TreeMap<>();
        Map<String, String> unknown = new TreeMap<>(given);
        for (Setting setting : settings) {
            String value = unknown.remove(setting.key());
            if (value == null) {
                value = setting.defaultValue();
            }
            if (value == null) {
                problems.add(new Problem(setting.key(), Reason.of("setting-required", "is required")));
                continue;
            }
            String[] parts = setting.list() && !value.isBlank() ? value.split(",", -1) : new String[] {value};
            for (String part : setting.list() && value.isBlank() ? new String[0] : parts) {
                Reason mistake = mistake(setting, part.strip());
                if (mistake != null) {
                    problems.add(new Problem(setting.key(), mistake));
                }
            }
            complete.put(setting.key(), value);
        }
        List<String> known = settings.stream().map(Setting::key).sorted().toList();
        unknown.keySet()
                .forEach(key -> problems.add(
                        new Problem(key, Reason.of("setting-unknown", "is not a setting; known are {0}", known))));
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, owner, problems);
        }
        return Settings.of(
                complete,
                settings.stream().filter(Setting::secret).map(Setting::key).collect(Collectors.toSet()));
    }

    private static @Nullable Reason mistake(Setting setting, String value) {
        String shown = setting.secret() ? "…" : value;
        if (!setting.options().isEmpty() && !setting.options().contains(value)) {
            return Reason.of("setting-option", "'{0}' is not one of {1}", shown, setting.options());
        }
        if (setting.type().equals("Boolean")) {
            return value.equals("true") || value.equals("false")
                    ? null
                    : Reason.of("setting-boolean", "'{0}' is not true or false", shown);
        }
        boolean integer = INTEGER_TYPE.matcher(setting.type()).matches();
        if (!integer && !DECIMAL_TYPE.matcher(setting.type()).matches()) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value);
            if (integer) {
                number.toBigIntegerExact();
            }
            boolean tooSmall = setting.min() != null && number.compareTo(new BigDecimal(setting.min())) < 0;
            boolean tooLarge = setting.max() != null && number.compareTo(new BigDecimal(setting.max())) > 0;
            return tooSmall || tooLarge
                    ? Reason.of(
                            "setting-range",
                            "'{0}' is out of range; must be {1}..{2}",
                            shown,
                            Objects.requireNonNullElse(setting.min(), ""),
                            Objects.requireNonNullElse(setting.max(), ""))
                    : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return integer
                    ? Reason.of("setting-whole", "'{0}' is not a whole number", shown)
                    : Reason.of("setting-number", "'{0}' is not a number", shown);
        }
    }
}
