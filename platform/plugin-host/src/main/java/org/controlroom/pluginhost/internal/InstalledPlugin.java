package org.controlroom.pluginhost.internal;

import org.osgi.framework.Version;

/**
 * One line of the list of installed plugins.
 *
 * @param id plugin id
 * @param kind as in {@link PluginJar}
 * @param bundle symbolic name
 * @param version bundle version
 * @param file name of the jar in the storage's {@code jars} folder
 * @param sha256 what the jar must hash to, lower-case hex
 * @param bundled whether it came with the distribution
 * @param started whether it shall run; false after a stop on request
 */
record InstalledPlugin(
        String id,
        String kind,
        String bundle,
        Version version,
        String file,
        String sha256,
        boolean bundled,
        boolean started) {

    static InstalledPlugin of(PluginJar jar, String file, boolean bundled, boolean started) {
        return new InstalledPlugin(
                jar.id(), jar.kind(), jar.bundle(), jar.version(), file, jar.sha256(), bundled, started);
    }

    InstalledPlugin withStarted(boolean nowStarted) {
        return new InstalledPlugin(id, kind, bundle, version, file, sha256, bundled, nowStarted);
    }

    boolean library() {
        return kind.equals(PluginJar.LIBRARY);
    }

    /** For messages, as {@link PluginJar#name()}. */
    String name() {
        return id + " " + version + " (" + bundle + ")";
    }
}
