package org.controlroom.core.artifact;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** The default range: from the trained version up to the next major version, which may read states no more. */
    public static String rangeFrom(String version) {
        String[] parts = version.split("\\.", 4);
        int major = Integer.parseInt(parts[0]);
        String minor = parts.length > 1 ? parts[1] : "0";
        String micro = parts.length > 2 ? parts[2] : "0";
        return "[" + major + "." + minor + "." + micro + "," + (major + 1) + ".0.0)";
    }
}
