package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.pluginhost.PluginHostOptions;
import org.controlroom.spi.ChecksSettings;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Settings;
import org.controlroom.spi.SettingsSchema;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The plugin host: one change at a time under one lock, leases at any time without it. */
public final class PluginHost implements Plugins, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PluginHost.class.getName());

    /** How long an update waits for calls in flight before it leaves the old version to be removed later. */
    private static final Duration RETIRE_PATIENCE = Duration.ofMillis(500);

    private final ReentrantLock changes = new ReentrantLock();
    private final PluginHostOptions options;
    private final PluginStore store;
    private final PluginFramework framework;
    private final LeaseTable leases;
    private final ServiceWatch watch;
    private final Installation installation;
    private final Inventory inventory;
    private final StoredSettings stored;
    private final JarInspector inspector;
    private final Listeners listeners = new Listeners();
    private final Quiet quiet;
    private final ExecutorService retiring = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "plugin-retire");
        thread.setDaemon(true);
        return thread;
    });

    private PluginHost(PluginHostOptions options, PluginStore store, PluginFramework framework) {
        this.options = options;
        this.store = store;
        this.framework = framework;
        this.leases = new LeaseTable(options.drainTimeout().multipliedBy(2), this::whatIsInstalled);
        this.watch = new ServiceWatch(framework.context(), leases, options.drainTimeout());
        this.installation = new Installation(
                store,
                framework,
                leases,
                new Diagnosis(framework.wiring(), framework.service(ServiceComponentRuntime.class), leases));
        this.inventory = new Inventory(installation, listeners, store);
        this.stored = new StoredSettings(framework.service(ConfigurationAdmin.class));
        this.inspector = new JarInspector(options.maxJarBytes());
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
            new Reconciliation(store, host.installation, host.inspector).run(options.bundled());
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
        HostedPlugin plugin = installation
                .newestActive(id)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.PLUGIN_MISSING,
                        "plugin " + id + ": no active version; " + inventory.whatIsInstalled(id)));
        Map<String, String> settings = new HashMap<>(stored.read(id));
        settings.putAll(given);
        Settings complete = plugin.settings().complete(id, settings);
        if (!plugin.record().library()) {
            checkRules(plugin, complete);
        }
        return complete;
    }

    @Override
    public void configure(String id, Map<String, String> settings) {
        change(() -> {
            HostedPlugin plugin = installation.newestActive(id).orElseGet(() -> inventory.newest(id));
            refuseWrong(settings, plugin.id(), plugin.settings());
            stored.write(id, settings);
            return plugin;
        });
    }

    /** Settings that are stored must be valid one by one; what is missing can still be given with a training. */
    private static void refuseWrong(Map<String, String> settings, String owner, SettingsSchema schema) {
        try {
            schema.complete(owner, settings);
        } catch (ControlRoomException e) {
            List<Problem> own = e.problems().stream()
                    .filter(problem -> settings.containsKey(problem.field()))
                    .toList();
            if (!own.isEmpty()) {
                throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, owner, own);
            }
        }
    }

    private void checkRules(HostedPlugin plugin, Settings complete) {
        String exactly = "[" + plugin.version() + "," + plugin.version() + "]";
        try (Lease<Object> lease = lease(Object.class, plugin.id(), exactly)) {
            if (lease.service() instanceof ChecksSettings rules) {
                List<Problem> problems = rules.check(complete);
                if (!problems.isEmpty()) {
                    throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, plugin.id(), problems);
                }
            }
        }
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
                            ErrorCode.CONFLICT, "plugin " + inspected.name() + ": is no update of " + id);
                }
                inventory.refuseDuplicateId(inspected, jar);
                HostedPlugin old = inventory.newest(inspected.id());
                if (inventory.sameVersion(inspected).isPresent()
                        || inspected.version().compareTo(old.version()) <= 0) {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            "plugin " + inspected.name() + ": is no update; must be newer than the installed "
                                    + old.version());
                }
                refuseWrong(
                        stored.read(inspected.id()), "stored settings for " + inspected.name(), inspected.settings());
                HostedPlugin fresh = keep(received, inspected);
                replace(old, fresh, mode);
                installation.startWaiting();
                return inventory.state(fresh);
            } finally {
                store.discard(received);
            }
        });
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
                new BlueGreenUpdate(installation, leases, listeners, this::retire).replace(old, fresh);
            }
        } finally {
            leases.openGate();
        }
    }

    /** Removes a version that was replaced: now if its calls end soon, otherwise when its last lease ends. */
    private void retire(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        ServiceSlot slot =
                bundle == null ? null : leases.slot(bundle.getBundleId()).orElse(null);
        if (slot == null || slot.awaitDrained(RETIRE_PATIENCE)) {
            installation.forget(plugin);
            return;
        }
        LOG.log(Level.INFO, "plugin {0}: has {1} uses, removed when the last one ends", plugin, slot.openLeases());
        slot.whenDrained(() -> {
            try {
                retiring.execute(() -> forgetRetired(plugin));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "the host is closing, so the plugin goes anyway", e);
            }
        });
    }

    private void forgetRetired(HostedPlugin plugin) {
        changes.lock();
        try {
            installation.forget(plugin);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "plugin " + plugin + ": cannot be removed after its update", e);
        } finally {
            changes.unlock();
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
            return plugin;
        });
    }

    private void withoutUsers(HostedPlugin plugin, Runnable action) {
        List<String> users = new ArrayList<>(listeners.usersOf(plugin.record()));
        installation.dependents(plugin).stream()
                .filter(installation::active)
                .forEach(dependent -> users.add("plugin " + dependent));
        if (!users.isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_IN_USE, "plugin " + plugin + ": is used by " + String.join(", ", users));
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
        return installation.add(InstalledPlugin.of(inspected, file, false, true), inspected.settings(), "");
    }

    private String whatIsInstalled(String id) {
        return inventory.whatIsInstalled(id);
    }

    @Override
    public void close() {
        changes.lock();
        try {
            retiring.shutdown();
            watch.close();
            framework.close();
            store.close();
        } finally {
            changes.unlock();
        }
    }
}
