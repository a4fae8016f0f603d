package org.controlroom.pluginhost.internal;

import org.controlroom.core.model.SettingsTexts;
import org.controlroom.spi.SettingsSchema;
import org.osgi.framework.Version;

/**
 * What a plugin jar says about itself, read without loading a class of it.
 *
 * @param id plugin id; of a library the last part of the symbolic name
 * @param kind {@code extractor}, {@code classifier}, {@code text-classifier}, {@code drift} or {@code library}
 * @param bundle symbolic name
 * @param version bundle version
 * @param settings description of its settings
 * @param texts its settings in other languages
 * @param sha256 lower-case hex
 */
record PluginJar(
        String id,
        String kind,
        String bundle,
        Version version,
        SettingsSchema settings,
        SettingsTexts texts,
        String sha256) {

    static final String LIBRARY = "library";

    /** For messages: {@code classifier-liblinear 1.2.0 (org.controlroom.plugin.classifier-liblinear)}. */
    String name() {
        return id + " " + version + " (" + bundle + ")";
    }
}
