package org.controlroom.core.model;

import java.util.List;
import org.controlroom.spi.SettingsSchema;

/**
 * What a plugin jar holds, and what would come of installing it. Nothing has been installed.
 *
 * @param id plugin id
 * @param kind as in {@link PluginState}
 * @param bundle symbolic name
 * @param version bundle version
 * @param sha256 of the jar, lower-case hex
 * @param bytes size of the jar
 * @param settings description of its settings
 * @param needs what the bundle imports or requires
 * @param installed versions of the plugin that are installed now, newest first
 * @param action what can be done with the jar
 * @param problems why it cannot be used, for people; empty when it can
 */
public record PluginCheck(
        String id,
        String kind,
        String bundle,
        String version,
        String sha256,
        long bytes,
        SettingsSchema settings,
        List<Need> needs,
        List<String> installed,
        Action action,
        List<String> problems) {

    public PluginCheck {
        needs = List.copyOf(needs);
        installed = List.copyOf(installed);
        problems = List.copyOf(problems);
    }

    /**
     * Something that the bundle needs from outside.
     *
     * @param text what it is, for people
     * @param met whether it is there
     */
    public record Need(String text, boolean met) {}

    /** What can be done with a jar. */
    public enum Action {
        /** No version of the plugin is installed. */
        INSTALL,
        /** It is newer than every installed version: replace the newest, or install it beside. */
        UPDATE,
        /** It is older than the newest installed version: it can only be installed beside. */
        BESIDE,
        /** The very same jar is installed. */
        NONE,
        /** It cannot be installed; the problems say why. */
        REFUSED
    }
}
