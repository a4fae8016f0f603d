package org.controlroom.pluginhost.internal;

import java.util.ArrayList;
import java.util.List;
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
        Suspensions suspensions = new Suspensions();
        try {
            suspensions.suspend(listeners.all(), with(dependents, old));
            quiet.drain(with(dependents, old));
        } catch (RuntimeException e) {
            suspensions.resumeAll(e);
            installation.forget(fresh);
            throw BlueGreenUpdate.undone(old, fresh, e);
        }
        List<HostedPlugin> healthy =
                dependents.stream().filter(installation::active).toList();
        try {
            swap(old, fresh, dependents);
            check(fresh, healthy);
            with(dependents, fresh).forEach(quiet::reveal);
            suspensions.resumeAll();
            installation.commitReplaced(old, fresh);
        } catch (RuntimeException e) {
            putBack(old, fresh, dependents, suspensions, e);
            throw BlueGreenUpdate.undone(old, fresh, e);
        }
        installation.forget(old);
    }

    private static List<HostedPlugin> with(List<HostedPlugin> dependents, HostedPlugin plugin) {
        List<HostedPlugin> all = new ArrayList<>(dependents);
        all.add(plugin);
        return all;
    }

    /** Everything taking part is hidden before and after. */
    private void swap(HostedPlugin from, HostedPlugin to, List<HostedPlugin> dependents) {
        dependents.forEach(installation::stop);
        installation.stop(from);
        Bundle gone = from.bundle();
        installation.uninstall(from);
        installation.install(to);
        quiet.hide(to);
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
            Suspensions suspensions,
            RuntimeException reason) {
        suspensions.suspendResumed(with(dependents, fresh), reason);
        try {
            quiet.drain(with(dependents, fresh));
        } catch (RuntimeException e) {
            // who does not let go loses the service under his hands: the old version must come back
            reason.addSuppressed(e);
            with(dependents, fresh).forEach(quiet::hide);
        }
        swap(fresh, old, dependents);
        with(dependents, old).forEach(quiet::reveal);
        suspensions.resumeAll(reason);
        installation.forget(fresh);
    }
}
