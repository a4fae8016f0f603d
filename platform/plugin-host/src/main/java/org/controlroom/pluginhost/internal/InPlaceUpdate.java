package org.controlroom.pluginhost.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.controlroom.core.port.Plugins.Listener;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.osgi.framework.Bundle;

/**
 * Stops the old version, then starts the new one, while calls wait: for plugins of which two cannot run at once. With a
 * library the plugins that take classes from it are stopped and started around it.
 */
final class InPlaceUpdate {

    private final Installation installation;
    private final PluginFramework framework;
    private final Quiet quiet;
    private final Listeners listeners;

    InPlaceUpdate(Installation installation, PluginFramework framework, Quiet quiet, Listeners listeners) {
        this.installation = installation;
        this.framework = framework;
        this.quiet = quiet;
        this.listeners = listeners;
    }

    /**
     * @param fresh added, not yet installed
     * @param dependents plugins that take classes from the old version
     * @throws ControlRoomException PLUGIN_INVALID when the new version or a dependent does not start, PLUGIN_IN_USE when
     *     leases stay open; otherwise what a listener threw. The old version then runs again
     */
    void replace(HostedPlugin old, HostedPlugin fresh, List<HostedPlugin> dependents) {
        List<HostedPlugin> affected = new ArrayList<>(dependents);
        affected.add(old);
        Map<String, String> versions = new LinkedHashMap<>();
        affected.forEach(plugin -> versions.put(plugin.id(), plugin.version().toString()));
        try {
            suspend(versions);
            quiet.drain(affected);
        } catch (RuntimeException e) {
            resume(versions, e);
            installation.forget(fresh);
            throw BlueGreenUpdate.undone(old, fresh, e);
        }
        boolean resumed = false;
        try {
            List<HostedPlugin> healthy =
                    dependents.stream().filter(installation::active).toList();
            swap(old, fresh, dependents);
            check(fresh, healthy);
            dependents.forEach(quiet::reveal);
            resumed = true;
            resume(versions);
            installation.commit(installation.list().with(fresh.record()).without(old.record()));
        } catch (RuntimeException e) {
            putBack(old, fresh, dependents, versions, resumed, e);
            throw BlueGreenUpdate.undone(old, fresh, e);
        }
        installation.forget(old);
    }

    private void swap(HostedPlugin from, HostedPlugin to, List<HostedPlugin> dependents) {
        dependents.forEach(installation::stop);
        installation.stop(from);
        Bundle gone = from.bundle();
        installation.uninstall(from);
        installation.install(to);
        if (gone != null && from.record().library()) {
            // without this the dependents keep the classes of the version that is gone
            framework.refresh(List.of(gone));
        }
        if (to.record().started()) {
            installation.start(to);
        }
        dependents.stream().filter(plugin -> plugin.record().started()).forEach(installation::start);
    }

    private void check(HostedPlugin fresh, List<HostedPlugin> healthyBefore) {
        String problem = installation.problem(fresh);
        if (!problem.isEmpty()) {
            throw new ControlRoomException(ErrorCode.PLUGIN_INVALID, "plugin " + fresh + ": " + problem);
        }
        for (HostedPlugin dependent : healthyBefore) {
            String broken = installation.problem(dependent);
            if (!broken.isEmpty()) {
                throw new ControlRoomException(
                        ErrorCode.PLUGIN_INVALID,
                        "plugin " + fresh + ": plugin " + dependent + " does not work with it: " + broken);
            }
        }
    }

    private void putBack(
            HostedPlugin old,
            HostedPlugin fresh,
            List<HostedPlugin> dependents,
            Map<String, String> versions,
            boolean resumed,
            RuntimeException reason) {
        try {
            if (resumed) {
                Map<String, String> now = new LinkedHashMap<>(versions);
                now.put(fresh.id(), fresh.version().toString());
                suspend(now);
                List<HostedPlugin> affected = new ArrayList<>(dependents);
                affected.add(fresh);
                quiet.drain(affected);
            }
        } catch (RuntimeException e) {
            // who does not let go loses the service under his hands: the old version must come back
            reason.addSuppressed(e);
        }
        swap(fresh, old, dependents);
        dependents.forEach(quiet::reveal);
        resume(versions, reason);
        installation.forget(fresh);
    }

    private void suspend(Map<String, String> versions) {
        for (Listener listener : listeners.all()) {
            versions.forEach(listener::suspend);
        }
    }

    private void resume(Map<String, String> versions) {
        for (Listener listener : listeners.all()) {
            versions.keySet().forEach(listener::resume);
        }
    }

    /** While undoing: every listener goes on, whatever another one throws. */
    private void resume(Map<String, String> versions, RuntimeException reason) {
        for (Listener listener : listeners.all()) {
            for (String id : versions.keySet()) {
                try {
                    listener.resume(id);
                } catch (RuntimeException e) {
                    reason.addSuppressed(e);
                }
            }
        }
    }
}
