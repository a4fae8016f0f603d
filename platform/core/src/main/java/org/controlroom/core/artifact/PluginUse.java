package org.controlroom.core.artifact;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.json.Json;

/**
 * One plugin as a model needs it.
 *
 * @param id plugin id, for example {@code extractor-tfidf}
 * @param bundle symbolic name of the bundle it was trained with
 * @param version bundle version it was trained with
 * @param range versions that may load its state, OSGi syntax: {@code [1.2.0,2.0.0)}
 * @param settings complete settings it was trained with
 */
public record PluginUse(String id, String bundle, String version, String range, SortedMap<String, String> settings) {

    public PluginUse {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** A plugin that is in use right now, accepted in no other version. */
    public static PluginUse exactly(String id, String bundle, String version, SortedMap<String, String> settings) {
        return new PluginUse(id, bundle, version, "[" + version + "," + version + "]", settings);
    }

    /** The same plugin, accepted from its version up to the next major one. */
    public PluginUse upToNextMajor() {
        return new PluginUse(id, bundle, version, rangeFrom(version), settings);
    }

    /** Whether the range includes the version; a qualifier counts as text after the three numbers, as in OSGi. */
    public boolean accepts(String candidate) {
        if (!range.startsWith("[") && !range.startsWith("(")) {
            return compare(candidate, range) >= 0;
        }
        String[] ends = range.substring(1, range.length() - 1).split(",", 2);
        int low = compare(candidate, ends[0].strip());
        int high = compare(candidate, ends[1].strip());
        return (range.startsWith("[") ? low >= 0 : low > 0) && (range.endsWith("]") ? high <= 0 : high < 0);
    }

    private static int compare(String a, String b) {
        String[] left = (a + ".0.0").split("\\.", 4);
        String[] right = (b + ".0.0").split("\\.", 4);
        for (int part = 0; part < 3; part++) {
            int order = Integer.compare(number(left[part]), number(right[part]));
            if (order != 0) {
                return order;
            }
        }
        return qualifier(a).compareTo(qualifier(b));
    }

    private static int number(String part) {
        try {
            return Integer.parseInt(part);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String qualifier(String version) {
        String[] parts = version.split("\\.", 4);
        return parts.length == 4 ? parts[3] : "";
    }

    /** Reads what {@link #json()} answers. */
    public static PluginUse of(Json json) {
        return new PluginUse(
                json.get("id").text(),
                json.get("bundle").text(),
                json.get("version").text(),
                json.get("range").text(),
                json.get("settings").texts());
    }

    public Json json() {
        return new Json.Obj(new TreeMap<>(Map.of(
                "id", Json.of(id),
                "bundle", Json.of(bundle),
                "version", Json.of(version),
                "range", Json.of(range),
                "settings", Json.ofTexts(settings))));
    }

    /** The default range: from the trained version up to the next major version, which may read states no more. */
    public static String rangeFrom(String version) {
        String[] parts = version.split("\\.", 4);
        int major = Integer.parseInt(parts[0]);
        String minor = parts.length > 1 ? parts[1] : "0";
        String micro = parts.length > 2 ? parts[2] : "0";
        return "[" + major + "." + minor + "." + micro + "," + (major + 1) + ".0.0)";
    }
}
