package org.controlroom.pluginhost.internal;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.controlroom.core.model.SettingsTexts;
import org.controlroom.spi.SettingsSchema;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The plugins of this process: the list on disk, and for each line a bundle in the framework. Changed under one lock. */
final class Installation {

    private static final System.Logger LOG = System.getLogger(Installation.class.getName());

    private final PluginStore store;
    private final PluginFramework framework;
    private final LeaseTable leases;
    private final Diagnosis diagnosis;
    private final List<HostedPlugin> plugins = new CopyOnWriteArrayList<>();
    private final ReplacedJars replaced;
    private InstalledList list = InstalledList.EMPTY;

    Installation(
            PluginStore store,
            PluginFramework framework,
            LeaseTable leases,
            Diagnosis diagnosis,
            ReplacedJars replaced) {
        this.store = store;
        this.replaced = replaced;
        this.framework = framework;
        this.leases = leases;
        this.diagnosis = diagnosis;
    }

    /** By id, then newest first. Includes versions that wait for their last lease. */
    List<HostedPlugin> plugins() {
        return plugins.stream()
                .sorted(Comparator.comparing(HostedPlugin::id)
                        .thenComparing(HostedPlugin::version, Comparator.reverseOrder()))
                .toList();
    }

    /** The versions of a plugin that were not replaced, newest first. */
    List<HostedPlugin> versions(String id) {
        return plugins().stream()
                .filter(plugin -> plugin.hosted()
                        && plugin.id().equals(id)
                        && plugin.replacedBy().isEmpty())
                .toList();
    }

    /** The newest version that can be used. */
    Optional<HostedPlugin> newestActive(String id) {
        return versions(id).stream().filter(this::active).findFirst();
    }

    boolean active(HostedPlugin plugin) {
        return plugin.record().started() && diagnosis.problem(plugin).isEmpty();
    }

    String problem(HostedPlugin plugin) {
        return diagnosis.problem(plugin);
    }

    InstalledList list() {
        return list;
    }

    /** Makes the list the truth. If it cannot be written, nothing has changed. */
    void commit(InstalledList changed) {
        store.write(changed);
        list = changed;
    }

    /** The same for a version that took the place of another, whose jar is kept first. */
    void commitReplaced(HostedPlugin old, HostedPlugin fresh) {
        replaced.keep(old);
        InstalledList changed = list.without(old.record()).with(fresh.record());
        boolean back = fresh.version().compareTo(old.version()) < 0;
        // without this mark the next start would bring back what the user has just taken back
        commit(back ? changed.withRemoved(old.record()) : changed);
    }

    /** Takes over a list that is on disk already. */
    void adopt(InstalledList read) {
        list = read;
    }

    HostedPlugin add(InstalledPlugin record, SettingsSchema settings, SettingsTexts texts, String failure) {
        HostedPlugin plugin = new HostedPlugin(record, settings, texts, failure);
        plugins.add(plugin);
        return plugin;
    }

    /** Gives the jar to the framework without starting it. A refusal becomes the plugin's failure. */
    void install(HostedPlugin plugin) {
        try {
            plugin.failure("");
            plugin.bundle(framework.install(store.jar(plugin.record().file())));
        } catch (BundleException e) {
            plugin.failure("the framework refused the bundle: " + e.getMessage());
        }
    }

    /** Starts the bundle. A failure is kept in the plugin, see {@link Diagnosis#problem}. */
    void start(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        if (bundle == null) {
            return;
        }
        try {
            plugin.failure("");
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            plugin.failure("the bundle did not start: " + cause.getMessage());
        }
    }

    void stop(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        if (bundle == null) {
            return;
        }
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            // the bundle is stopped all the same
            LOG.log(Level.WARNING, "plugin " + plugin + ": failed while stopping", e);
        }
    }

    /** Stops and uninstalls the bundle and lets go of it; the jar stays. */
    void uninstall(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        if (bundle == null) {
            return;
        }
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            // the framework has dropped it all the same
            LOG.log(Level.WARNING, "plugin " + plugin + ": failed while it was uninstalled", e);
        }
        leases.forget(bundle.getBundleId());
        plugin.bundle(null);
    }

    /** Takes the plugin out of this process and deletes its jar; the list is the caller's business. */
    void forget(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        uninstall(plugin);
        if (bundle != null && plugin.record().library()) {
            framework.refresh(List.of(bundle));
        }
        plugins.remove(plugin);
        String file = plugin.record().file();
        if (plugin.hosted()
                && plugins.stream().noneMatch(other -> other.record().file().equals(file))) {
            store.discard(store.jar(file));
        }
    }

    /** Other plugins whose classes come from this one. */
    List<HostedPlugin> dependents(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        if (bundle == null) {
            return List.of();
        }
        Collection<Bundle> closure = framework.closure(bundle);
        return plugins.stream()
                .filter(other -> {
                    Bundle candidate = other.bundle();
                    return other != plugin && candidate != null && closure.contains(candidate);
                })
                .toList();
    }

    /** Starts those that want to run and do not: what they waited for may have come. */
    void startWaiting() {
        for (HostedPlugin plugin : plugins()) {
            Bundle bundle = plugin.bundle();
            if (bundle != null
                    && plugin.record().started()
                    && plugin.replacedBy().isEmpty()
                    && bundle.getState() != Bundle.ACTIVE) {
                start(plugin);
            }
        }
    }
}
