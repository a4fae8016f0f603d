package org.controlroom.pluginhost.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.controlroom.core.port.Plugins.Listener;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Runs the new version beside the old one, moves its users over, and lets the old one go when its last lease ends. */
final class BlueGreenUpdate {

    private final Installation installation;
    private final LeaseTable leases;
    private final Listeners listeners;
    private final Consumer<HostedPlugin> retire;

    /** @param retire takes a hidden plugin out of the process when its last lease has ended */
    BlueGreenUpdate(Installation installation, LeaseTable leases, Listeners listeners, Consumer<HostedPlugin> retire) {
        this.installation = installation;
        this.leases = leases;
        this.listeners = listeners;
        this.retire = retire;
    }

    /**
     * @param fresh added, not yet installed
     * @throws ControlRoomException PLUGIN_INVALID when the new version does not start; otherwise what a listener threw
     */
    void replace(HostedPlugin old, HostedPlugin fresh) {
        installation.install(fresh);
        Bundle freshBundle = fresh.bundle();
        if (freshBundle != null) {
            leases.hide(freshBundle.getBundleId());
            installation.start(fresh);
        }
        String problem = installation.problem(fresh);
        if (!problem.isEmpty()) {
            installation.forget(fresh);
            throw new ControlRoomException(ErrorCode.PLUGIN_INVALID, "plugin " + fresh + ": " + problem);
        }
        leases.exchange(id(old), id(fresh));
        List<Listener> moved = new ArrayList<>();
        try {
            for (Listener listener : listeners.all()) {
                listener.replaced(old.id(), text(old), text(fresh));
                moved.add(listener);
            }
            installation.commitReplaced(old, fresh);
        } catch (RuntimeException e) {
            undo(old, fresh, moved, e);
            throw undone(old, fresh, e);
        }
        old.replacedBy(text(fresh));
        retire.accept(old);
    }

    private void undo(HostedPlugin old, HostedPlugin fresh, List<Listener> moved, RuntimeException reason) {
        leases.exchange(id(fresh), id(old));
        Collections.reverse(moved);
        for (Listener listener : moved) {
            try {
                listener.replaced(old.id(), text(fresh), text(old));
            } catch (RuntimeException e) {
                reason.addSuppressed(e);
            }
        }
        fresh.replacedBy(text(old));
        retire.accept(fresh);
    }

    static ControlRoomException undone(HostedPlugin old, HostedPlugin fresh, RuntimeException reason) {
        ErrorCode code = reason instanceof ControlRoomException known ? known.code() : ErrorCode.PLUGIN_FAILED;
        return new ControlRoomException(
                code,
                "plugin " + old.id() + ": update from " + text(old) + " to " + text(fresh) + " was undone: "
                        + reason.getMessage(),
                reason);
    }

    private static String text(HostedPlugin plugin) {
        return plugin.version().toString();
    }

    private static @Nullable Long id(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        return bundle == null ? null : bundle.getBundleId();
    }
}
