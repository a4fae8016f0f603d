package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.SettingsTexts;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.SettingsSchema;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Brings list, kept jars and distribution together at the start, then starts what shall run.
 *
 * <p>Rules: a kept jar must hash to what the list says, else it is taken from the distribution again or reported. A jar
 * of the distribution is added when it is newer than what is installed of its bundle, unless the bundle was removed on
 * request; where all versions of it are stopped, the new one is stopped too. An older version from an older distribution
 * goes when the new one runs and has the same major version, for models accept versions up to the next major.
 */
final class Reconciliation {

    private static final System.Logger LOG = System.getLogger(Reconciliation.class.getName());

    private final PluginStore store;
    private final Installation installation;
    private final JarInspector inspector;
    private final ReplacedJars replaced;
    private final Map<String, Path> bundledByHash = new HashMap<>();
    /** What to tell of jars that cannot be hosted, by a record that is not on the list. */
    private final Map<InstalledPlugin, String> refused = new LinkedHashMap<>();

    private boolean rebuilding;

    Reconciliation(PluginStore store, Installation installation, JarInspector inspector, ReplacedJars replaced) {
        this.replaced = replaced;
        this.store = store;
        this.installation = installation;
        this.inspector = inspector;
    }

    void run(@Nullable Path bundledFolder) {
        InstalledList before = store.read().orElseGet(this::rebuilt);
        InstalledList list = before;
        if (bundledFolder != null && Files.isDirectory(bundledFolder)) {
            for (Path jar : PluginStore.filesIn(bundledFolder, "*.jar")) {
                list = withBundled(list, jar);
            }
        }
        installation.adopt(before);
        if (!list.equals(before)) {
            installation.commit(list);
        }
        list.plugins().forEach(this::host);
        refused.forEach((record, reason) -> installation.add(record, SettingsSchema.EMPTY, SettingsTexts.NONE, reason));
        installation.plugins().stream()
                .filter(plugin -> plugin.failure().isEmpty())
                .forEach(installation::install);
        installation.plugins().stream()
                .filter(plugin -> plugin.record().started())
                .forEach(installation::start);
        dropOldBundled();
        if (!rebuilding) { // then a jar that is not on the list may be one that somebody still wants
            store.sweep(installation.list());
        }
        report();
    }

    /** The list was lost: every good jar in the storage counts as uploaded and started. */
    private InstalledList rebuilt() {
        rebuilding = true;
        InstalledList list = InstalledList.EMPTY;
        for (Path jar : store.jars()) {
            try {
                PluginJar described = inspector.check(jar, jar.toString());
                list = list.with(InstalledPlugin.of(described, String.valueOf(jar.getFileName()), false, true));
            } catch (ControlRoomException | IOException e) {
                LOG.log(Level.ERROR, "plugins: left out while rebuilding the list: " + e.getMessage(), e);
            }
        }
        store.write(list);
        return list;
    }

    private InstalledList withBundled(InstalledList list, Path jar) {
        PluginJar described;
        try {
            String hash = PluginStore.sha256(jar);
            boolean known =
                    list.plugins().stream().anyMatch(plugin -> plugin.sha256().equals(hash));
            // what was checked entry by entry once need not be again: that takes a second for a native library
            described = known ? inspector.describe(jar, jar.toString(), hash) : inspector.check(jar, jar.toString());
        } catch (ControlRoomException | IOException e) {
            String name = String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", "");
            refuse(
                    new PluginJar(
                            name,
                            PluginJar.LIBRARY,
                            name,
                            Version.emptyVersion,
                            SettingsSchema.EMPTY,
                            SettingsTexts.NONE,
                            ""),
                    e.getMessage());
            return list;
        }
        Version removed = list.removed().get(described.bundle());
        List<InstalledPlugin> own = list.ofBundle(described.bundle());
        if (removed != null && (own.isEmpty() || removed.compareTo(described.version()) >= 0)) {
            return list;
        }
        Optional<InstalledPlugin> owner = list.plugins().stream()
                .filter(plugin ->
                        plugin.id().equals(described.id()) && !plugin.bundle().equals(described.bundle()))
                .findFirst();
        if (owner.isPresent()) {
            refuse(
                    described,
                    "its id is taken by bundle " + owner.get().bundle() + " ("
                            + store.jar(owner.get().file()) + "), so bundle " + described.bundle() + " (" + jar
                            + ") cannot have it");
            return list;
        }
        Path twin = bundledByHash.put(described.bundle() + " " + described.version(), jar);
        if (twin != null) {
            refuse(described, "is twice in the distribution: " + twin + " and " + jar);
            return list;
        }
        bundledByHash.put(described.sha256(), jar);
        return wanted(own, described)
                .map(started ->
                        list.with(InstalledPlugin.of(described, store.keep(copy(jar), described), true, started)))
                .orElse(list);
    }

    /** Whether the jar shall be added, and then whether it shall run. */
    private static Optional<Boolean> wanted(List<InstalledPlugin> own, PluginJar jar) {
        Optional<InstalledPlugin> same = own.stream()
                .filter(plugin -> plugin.version().equals(jar.version()))
                .findFirst();
        if (same.isPresent()) {
            // a rebuilt distribution may bring other content under the same version; an upload keeps its content
            return same.filter(plugin -> plugin.bundled() && !plugin.sha256().equals(jar.sha256()))
                    .map(InstalledPlugin::started);
        }
        boolean newest = own.stream().allMatch(plugin -> plugin.version().compareTo(jar.version()) < 0);
        return newest
                ? Optional.of(own.isEmpty() || own.stream().anyMatch(InstalledPlugin::started))
                : Optional.empty();
    }

    private void refuse(PluginJar jar, @Nullable String reason) {
        refused.put(InstalledPlugin.of(jar, "", true, true), String.valueOf(reason));
    }

    private Path copy(Path jar) {
        return store.receive(jar, Long.MAX_VALUE);
    }

    /** Makes a line of the list a plugin of this process, with a good jar or with the reason why there is none. */
    private void host(InstalledPlugin record) {
        Path kept = store.jar(record.file());
        String failure = damage(kept, record);
        Path original = bundledByHash.get(record.sha256());
        if (!failure.isEmpty() && original != null) {
            LOG.log(Level.WARNING, "plugins: {0}; taken from the distribution again", failure);
            store.keep(copy(original), described(original, record));
            failure = damage(kept, record);
        }
        if (failure.isEmpty()) {
            PluginJar jar = described(kept, record);
            installation.add(record, jar.settings(), jar.texts(), failure);
        } else {
            installation.add(record, SettingsSchema.EMPTY, SettingsTexts.NONE, failure);
        }
    }

    private PluginJar described(Path jar, InstalledPlugin record) {
        try {
            return inspector.describe(jar, jar.toString(), record.sha256());
        } catch (IOException e) {
            throw PluginStore.failed("plugin " + record.name() + ": cannot read " + jar, e);
        }
    }

    private static String damage(Path kept, InstalledPlugin record) {
        if (!Files.isRegularFile(kept)) {
            return "its jar " + kept + " is missing; upload it again";
        }
        String hash = PluginStore.sha256(kept);
        return hash.equals(record.sha256())
                ? ""
                : "its jar " + kept + " is damaged (SHA-256 " + hash + ", must be " + record.sha256()
                        + "); upload it again";
    }

    private void dropOldBundled() {
        SortedMap<String, List<HostedPlugin>> byId = new TreeMap<>();
        for (HostedPlugin plugin : installation.plugins()) {
            byId.computeIfAbsent(plugin.id(), id -> new ArrayList<>()).add(plugin);
        }
        for (List<HostedPlugin> versions : byId.values()) {
            versions.stream()
                    .filter(plugin -> plugin.record().bundled() && installation.active(plugin))
                    .max(Comparator.comparing(HostedPlugin::version))
                    .ifPresent(newest -> versions.stream()
                            .filter(older -> older.record().bundled()
                                    && older.bundle() != null
                                    && older.version().getMajor()
                                            == newest.version().getMajor()
                                    && older.version().compareTo(newest.version()) < 0)
                            .forEach(this::drop));
        }
    }

    private void drop(HostedPlugin older) {
        LOG.log(Level.INFO, "plugin {0}: the distribution has a newer version, so it is removed", older);
        replaced.keep(older);
        installation.commit(installation.list().without(older.record()));
        installation.forget(older);
    }

    private void report() {
        for (HostedPlugin plugin : installation.plugins()) {
            String problem = plugin.record().started() ? installation.problem(plugin) : "";
            if (problem.isEmpty()) {
                LOG.log(Level.INFO, "plugin {0}: {1}", plugin, plugin.record().started() ? "active" : "stopped");
            } else {
                LOG.log(Level.ERROR, "plugin {0}: FAILED: {1}", plugin, problem);
            }
        }
    }
}
