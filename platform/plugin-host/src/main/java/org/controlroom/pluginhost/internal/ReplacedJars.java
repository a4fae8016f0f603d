package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.spi.ControlRoomException;

/** Jars of versions that were replaced, so that a bad update can be taken back. The folder is the truth. */
final class ReplacedJars {

    private static final System.Logger LOG = System.getLogger(ReplacedJars.class.getName());

    /** Versions kept of each bundle; the ones replaced longest ago go first. */
    private static final int MOST = 3;

    private final PluginStore store;
    private final JarInspector inspector;
    /** In the order in which they were replaced, as far as that is known. */
    private final List<Replaced> jars = new CopyOnWriteArrayList<>();

    ReplacedJars(PluginStore store, JarInspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /** Reads the folder; a jar that cannot be read any more is left out. */
    void read() {
        List<Path> found = new ArrayList<>(store.replacedJars());
        found.sort(Comparator.comparing((Path jar) -> jar.toFile().lastModified()));
        for (Path jar : found) {
            try {
                PluginJar described = inspector.describe(jar, jar.toString(), PluginStore.sha256(jar));
                if (jar.toString().contains(described.sha256().substring(0, 16))) {
                    jars.add(new Replaced(described, jar));
                } else {
                    LOG.log(Level.WARNING, "plugins: {0} is damaged, so it cannot be put back", jar);
                }
            } catch (ControlRoomException | IOException e) {
                LOG.log(Level.WARNING, "plugins: " + jar + " cannot be put back: " + e.getMessage());
            }
        }
    }

    /** By id, then newest first. */
    List<KeptPlugin> list() {
        return jars.stream()
                .sorted(Comparator.comparing((Replaced each) -> each.jar().id())
                        .thenComparing(each -> each.jar().version(), Comparator.reverseOrder()))
                .map(each -> new KeptPlugin(
                        each.jar().id(),
                        each.jar().kind(),
                        each.jar().bundle(),
                        each.jar().version().toString(),
                        each.file().toFile().length()))
                .toList();
    }

    /** The kept jar of the version. */
    Optional<Path> find(String id, String version) {
        return jars.stream()
                .filter(each -> each.jar().id().equals(id)
                        && each.jar().version().toString().equals(version))
                .map(Replaced::file)
                .findFirst();
    }

    /** To be called before the list forgets the version, so that a crash in between loses nothing. */
    void keep(HostedPlugin plugin) {
        InstalledPlugin record = plugin.record();
        if (!plugin.hosted() || !Files.isRegularFile(store.jar(record.file()))) {
            return;
        }
        store.keepReplaced(record);
        Path file = store.replacedJar(record.file());
        jars.removeIf(each -> each.file().equals(file));
        jars.add(new Replaced(
                new PluginJar(
                        record.id(),
                        record.kind(),
                        record.bundle(),
                        record.version(),
                        plugin.settings(),
                        plugin.texts(),
                        record.sha256()),
                file));
        List<Replaced> own = jars.stream()
                .filter(each -> each.jar().bundle().equals(record.bundle()))
                .toList();
        own.subList(0, Math.max(0, own.size() - MOST)).forEach(this::discard);
    }

    /** Lets go of a version that is installed again. */
    void installed(PluginJar jar) {
        jars.stream()
                .filter(each -> each.jar().bundle().equals(jar.bundle())
                        && each.jar().version().equals(jar.version()))
                .toList()
                .forEach(this::discard);
    }

    /** Lets go of all versions of a bundle that was removed on request. */
    void removed(String bundle) {
        jars.stream()
                .filter(each -> each.jar().bundle().equals(bundle))
                .toList()
                .forEach(this::discard);
    }

    private void discard(Replaced replaced) {
        jars.remove(replaced);
        store.discard(replaced.file());
    }

    private record Replaced(PluginJar jar, Path file) {}
}
