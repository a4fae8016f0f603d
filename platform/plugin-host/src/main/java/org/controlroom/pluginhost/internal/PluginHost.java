package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginCheck;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.pluginhost.PluginHostOptions;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.controlroom.spi.Settings;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The plugin host: one change at a time under one lock, leases at any time without it. */
public final class PluginHost implements Plugins, AutoCloseable {

    private final ReentrantLock changes = new ReentrantLock();
    private final PluginHostOptions options;
    private final PluginStore store;
    private final PluginFramework framework;
    private final LeaseTable leases;
    private final ServiceWatch watch;
    private final Installation installation;
    private final Inventory inventory;
    private final StoredSettings stored;
    private final PluginSettings settings;
    private final JarInspector inspector;
    private final ReplacedJars replaced;
    private final Precheck precheck;
    private final Listeners listeners = new Listeners();
    private final Quiet quiet;
    private final Retirement retirement;

    private PluginHost(PluginHostOptions options, PluginStore store, PluginFramework framework) {
        this.options = options;
        this.store = store;
        this.framework = framework;
        this.leases = new LeaseTable(options.drainTimeout().multipliedBy(2), this::whatIsInstalled);
        this.watch = new ServiceWatch(framework.context(), leases, options.drainTimeout());
        this.inspector = new JarInspector(options.maxJarBytes());
        this.replaced = new ReplacedJars(store, inspector);
        Diagnosis diagnosis =
                new Diagnosis(framework.wiring(), framework.service(ServiceComponentRuntime.class), leases);
        this.installation = new Installation(store, framework, leases, diagnosis, replaced);
        this.inventory = new Inventory(installation, listeners, store, leases);
        this.stored = new StoredSettings(framework.service(ConfigurationAdmin.class));
        this.retirement = new Retirement(installation, leases, changes);
        this.settings = new PluginSettings(installation, inventory, stored, leases);
        this.precheck = new Precheck(installation, inventory, framework, diagnosis, settings);
        this.quiet = new Quiet(leases, options.drainTimeout());
    }

    /** Starts the framework and every plugin that shall run. One that fails is listed with its reason. */
    public static PluginHost open(PluginHostOptions options) {
        PluginStore store = PluginStore.open(options.storage());
        PluginFramework framework = null;
        try {
            framework = PluginFramework.start(store.cache(), store.settings());
            PluginHost host = new PluginHost(options, store, framework);
            host.watch.open();
            host.replaced.read();
            new Reconciliation(store, host.installation, host.inspector, host.replaced).run(options.bundled());
            return host;
        } catch (RuntimeException e) {
            if (framework != null) {
                framework.close();
            }
            store.close();
            throw e;
        }
    }

    @Override
    public List<PluginState> list() {
        return inventory.list();
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String id, String versionRange) {
        return leases.lease(type, id, versionRange);
    }

    @Override
    public Settings completeSettings(String id, Map<String, String> given) {
        return settings.complete(id, given);
    }

    @Override
    public Map<String, String> storedSettings(String id) {
        inventory.newest(id);
        return stored.read(id);
    }

    @Override
    public void configure(String id, Map<String, String> given) {
        change(() -> {
            settings.store(id, given);
            return id;
        });
    }

    @Override
    public PluginCheck check(Path jar) {
        return change(() -> {
            Path received = store.receive(jar, options.maxJarBytes());
            try {
                return precheck.check(received, inspect(received, jar), jar);
            } finally {
                store.discard(received);
            }
        });
    }

    @Override
    public PluginState install(Path jar) {
        return change(() -> {
            Path received = store.receive(jar, options.maxJarBytes());
            try {
                PluginJar inspected = inspect(received, jar);
                inventory.refuseDuplicateId(inspected, jar);
                Optional<HostedPlugin> same = inventory.sameVersion(inspected);
                if (same.isPresent() && same.get().bundle() != null) {
                    return startAgain(same.get());
                }
                same.ifPresent(installation::forget);
                HostedPlugin fresh = keep(received, inspected);
                installAndStart(fresh);
                replaced.installed(inspected);
                return inventory.state(fresh);
            } finally {
                store.discard(received);
            }
        });
    }

    private void installAndStart(HostedPlugin fresh) {
        try {
            installation.install(fresh);
            installation.start(fresh);
            String problem = installation.problem(fresh);
            if (!problem.isEmpty()) {
                throw new ControlRoomException(ErrorCode.PLUGIN_INVALID, "plugin " + fresh + ": " + problem);
            }
            installation.commit(installation.list().with(fresh.record()));
        } catch (RuntimeException e) {
            installation.forget(fresh);
            throw e;
        }
        installation.startWaiting();
    }

    @Override
    public PluginState update(String id, Path jar, UpdateMode mode) {
        return change(() -> {
            Path received = store.receive(jar, options.maxJarBytes());
            try {
                PluginJar inspected = inspect(received, jar);
                if (!inspected.id().equals(id)) {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            Reason.of("plugin-no-update-of", "plugin {0}: is no update of {1}", inspected.name(), id));
                }
                inventory.refuseDuplicateId(inspected, jar);
                HostedPlugin old = inventory.newest(inspected.id());
                if (inventory.sameVersion(inspected).isPresent()
                        || inspected.version().compareTo(old.version()) <= 0) {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            Reason.of(
                                    "plugin-not-newer",
                                    "plugin {0}: is no update; must be newer than the installed {1}",
                                    inspected.name(),
                                    old.version()));
                }
                return replace(old, received, inspected, mode);
            } finally {
                store.discard(received);
            }
        });
    }

    @Override
    public List<KeptPlugin> kept() {
        return replaced.list().stream()
                .filter(kept -> installation.versions(kept.id()).stream()
                        .noneMatch(plugin -> plugin.version().toString().equals(kept.version())))
                .toList();
    }

    @Override
    public PluginState restore(String id, String version, UpdateMode mode) {
        return change(() -> {
            HostedPlugin old = inventory.newest(id);
            Path jar = replaced.find(id, version)
                    .orElseThrow(() -> new ControlRoomException(
                            ErrorCode.NOT_FOUND,
                            "plugin " + id + " " + version + ": no such jar is kept; kept are "
                                    + kept().stream()
                                            .filter(kept -> kept.id().equals(id))
                                            .map(KeptPlugin::version)
                                            .toList()));
            Path received = store.receive(jar, Long.MAX_VALUE);
            try {
                PluginJar inspected = inspect(received, jar);
                if (inventory.sameVersion(inspected).isPresent()) {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            Reason.of("plugin-installed", "plugin {0}: is installed already", inspected.name()));
                }
                return replace(old, received, inspected, mode);
            } finally {
                store.discard(received);
            }
        });
    }

    private PluginState replace(HostedPlugin old, Path received, PluginJar inspected, UpdateMode mode) {
        settings.refuseStored(inspected);
        HostedPlugin fresh = keep(received, inspected);
        replace(old, fresh, mode);
        replaced.installed(inspected);
        installation.startWaiting();
        return inventory.state(fresh);
    }

    private void replace(HostedPlugin old, HostedPlugin fresh, UpdateMode mode) {
        List<HostedPlugin> dependents = installation.dependents(old);
        List<String> ids = new ArrayList<>(List.of(old.id()));
        dependents.forEach(dependent -> ids.add(dependent.id()));
        leases.closeGate(ids);
        try {
            // who takes classes from a library cannot take them from two versions, so a library is changed in place
            if (mode == UpdateMode.IN_PLACE || !dependents.isEmpty()) {
                new InPlaceUpdate(installation, framework, quiet, listeners).replace(old, fresh, dependents);
            } else {
                new BlueGreenUpdate(installation, leases, listeners, retirement::retire).replace(old, fresh);
            }
        } finally {
            leases.openGate();
        }
    }

    @Override
    public PluginState start(String id, String version) {
        return change(() -> startAgain(inventory.find(id, version)));
    }

    private PluginState startAgain(HostedPlugin plugin) {
        if (!plugin.record().started()) {
            InstalledPlugin started = plugin.record().withStarted(true);
            installation.commit(installation.list().with(started));
            plugin.record(started);
        }
        Bundle bundle = plugin.bundle();
        if (bundle != null) {
            leases.reveal(bundle.getBundleId());
            installation.start(plugin);
            installation.startWaiting();
        }
        return inventory.state(plugin);
    }

    @Override
    public PluginState stop(String id, String version) {
        return change(() -> {
            HostedPlugin plugin = inventory.find(id, version);
            if (!plugin.hosted()) {
                throw new ControlRoomException(
                        ErrorCode.CONFLICT, "plugin " + plugin + ": was never started: " + plugin.failure());
            }
            withoutUsers(plugin, () -> {
                InstalledPlugin stopped = plugin.record().withStarted(false);
                installation.commit(installation.list().with(stopped));
                plugin.record(stopped);
                installation.stop(plugin);
            });
            return inventory.state(plugin);
        });
    }

    @Override
    public void remove(String id, String version) {
        change(() -> {
            HostedPlugin plugin = inventory.find(id, version);
            withoutUsers(plugin, () -> {
                installation.commit(installation.list().withRemoved(plugin.record()));
                installation.forget(plugin);
            });
            if (installation.list().ofBundle(plugin.record().bundle()).isEmpty()) {
                replaced.removed(plugin.record().bundle());
            }
            return plugin;
        });
    }

    private static Reason used(HostedPlugin plugin, String models, String plugins) {
        if (models.isEmpty()) {
            return Reason.of("plugin-used", "plugin {0}: is used by {1}", plugin, plugins);
        }
        return plugins.isEmpty()
                ? Reason.of("plugin-used-live", "plugin {0}: is used by live model {1}", plugin, models)
                : Reason.of(
                        "plugin-used-live-more", "plugin {0}: is used by live model {1}, {2}", plugin, models, plugins);
    }

    private void withoutUsers(HostedPlugin plugin, Runnable action) {
        String models = String.join(", ", listeners.modelsOn(plugin.record()));
        String plugins = installation.dependents(plugin).stream()
                .filter(installation::active)
                .map(dependent -> "plugin " + dependent)
                .collect(Collectors.joining(", "));
        if (!models.isEmpty() || !plugins.isEmpty()) {
            throw new ControlRoomException(ErrorCode.PLUGIN_IN_USE, used(plugin, models, plugins));
        }
        leases.closeGate(List.of(plugin.id()));
        try {
            quiet.drain(List.of(plugin));
            try {
                action.run();
            } catch (RuntimeException e) {
                quiet.reveal(plugin);
                throw e;
            }
        } finally {
            leases.openGate();
        }
    }

    @Override
    public List<PluginCalls> calls() {
        return leases.calls();
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** Runs one change at a time. */
    private <R> R change(Supplier<R> action) {
        changes.lock();
        try {
            return action.get();
        } finally {
            changes.unlock();
        }
    }

    private PluginJar inspect(Path received, Path jar) {
        try {
            return inspector.check(received, String.valueOf(jar.getFileName()));
        } catch (IOException e) {
            throw PluginStore.failed("plugin jar " + jar.getFileName() + ": cannot be read", e);
        }
    }

    private HostedPlugin keep(Path received, PluginJar inspected) {
        String file = store.keep(received, inspected);
        return installation.add(
                InstalledPlugin.of(inspected, file, false, true), inspected.settings(), inspected.texts(), "");
    }

    private String whatIsInstalled(String id) {
        return inventory.whatIsInstalled(id);
    }

    @Override
    public void close() {
        changes.lock();
        try {
            retirement.close();
            watch.close();
            framework.close();
            store.close();
        } finally {
            changes.unlock();
        }
    }
}
