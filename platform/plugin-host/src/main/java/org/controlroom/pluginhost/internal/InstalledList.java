package org.controlroom.pluginhost.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.osgi.framework.Version;

/**
 * What is installed, and which plugins of the distribution were removed on purpose. Immutable.
 *
 * @param plugins by bundle, then oldest first
 * @param removed symbolic name to the highest version that was removed on request
 */
record InstalledList(List<InstalledPlugin> plugins, SortedMap<String, Version> removed) {

    private static final String FORMAT = "controlroom-plugins\t1";
    private static final Comparator<InstalledPlugin> ORDER =
            Comparator.comparing(InstalledPlugin::bundle).thenComparing(InstalledPlugin::version);

    static final InstalledList EMPTY = new InstalledList(List.of(), new TreeMap<>());

    InstalledList {
        plugins = plugins.stream().sorted(ORDER).toList();
        removed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(removed));
    }

    /** With the plugin, in the place of the same version of the same bundle if there is one. */
    InstalledList with(InstalledPlugin plugin) {
        List<InstalledPlugin> changed = new ArrayList<>(without(plugin).plugins);
        changed.add(plugin);
        SortedMap<String, Version> stillRemoved = new TreeMap<>(removed);
        Version newestRemoved = stillRemoved.get(plugin.bundle());
        if (newestRemoved != null && newestRemoved.compareTo(plugin.version()) <= 0) {
            stillRemoved.remove(plugin.bundle());
        }
        return new InstalledList(changed, stillRemoved);
    }

    InstalledList without(InstalledPlugin plugin) {
        return new InstalledList(
                plugins.stream()
                        .filter(other -> !other.bundle().equals(plugin.bundle())
                                || !other.version().equals(plugin.version()))
                        .toList(),
                removed);
    }

    /** Without the plugin, and remembering that it was removed on request. */
    InstalledList withRemoved(InstalledPlugin plugin) {
        SortedMap<String, Version> nowRemoved = new TreeMap<>(removed);
        nowRemoved.merge(plugin.bundle(), plugin.version(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        return new InstalledList(without(plugin).plugins, nowRemoved);
    }

    List<InstalledPlugin> ofBundle(String bundle) {
        return plugins.stream().filter(plugin -> plugin.bundle().equals(bundle)).toList();
    }

    /** Lines of tab-separated fields; the last line is a checksum of the others. */
    String format() {
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        for (InstalledPlugin plugin : plugins) {
            text.append(String.join(
                            "\t",
                            "plugin",
                            plugin.id(),
                            plugin.kind(),
                            plugin.bundle(),
                            plugin.version().toString(),
                            plugin.file(),
                            plugin.sha256(),
                            plugin.bundled() ? "bundled" : "uploaded",
                            plugin.started() ? "started" : "stopped"))
                    .append('\n');
        }
        removed.forEach((bundle, version) -> text.append("removed\t")
                .append(bundle)
                .append('\t')
                .append(version)
                .append('\n'));
        String lines = text.toString();
        return lines + "crc32c\t" + checksum(lines) + "\n";
    }

    /** Empty when the text was not written by {@link #format()} or is damaged. */
    static Optional<InstalledList> parse(String text) {
        int last = text.lastIndexOf("crc32c\t");
        if (last < 0
                || !text.startsWith(FORMAT + "\n")
                || !text.substring(last).equals("crc32c\t" + checksum(text.substring(0, last)) + "\n")) {
            return Optional.empty();
        }
        List<InstalledPlugin> plugins = new ArrayList<>();
        SortedMap<String, Version> removed = new TreeMap<>();
        for (String line : text.substring(0, last).split("\n")) {
            String[] field = line.split("\t", -1);
            if (field[0].equals("plugin")) {
                plugins.add(new InstalledPlugin(
                        field[1],
                        field[2],
                        field[3],
                        Version.parseVersion(field[4]),
                        field[5],
                        field[6],
                        field[7].equals("bundled"),
                        field[8].equals("started")));
            } else if (field[0].equals("removed")) {
                removed.put(field[1], Version.parseVersion(field[2]));
            }
        }
        return Optional.of(new InstalledList(plugins, removed));
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
