package org.controlroom.pluginhost.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.osgi.framework.Bundle;

/** Keeps leases away from plugins that are about to stop. */
final class Quiet {

    private final LeaseTable leases;
    private final Duration drainTimeout;

    Quiet(LeaseTable leases, Duration drainTimeout) {
        this.leases = leases;
        this.drainTimeout = drainTimeout;
    }

    /**
     * Lets no new lease on the plugins come and waits for the open ones.
     *
     * @throws ControlRoomException PLUGIN_IN_USE when one is still open after the time; leases are then given again
     */
    void drain(List<HostedPlugin> plugins) {
        List<HostedPlugin> hidden = new ArrayList<>();
        for (HostedPlugin plugin : plugins) {
            if (plugin.bundle() != null) {
                hide(plugin);
                hidden.add(plugin);
            }
        }
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        for (HostedPlugin plugin : hidden) {
            ServiceSlot slot = leases.slot(plugin.requireBundle().getBundleId()).orElse(null);
            if (slot != null && !slot.awaitDrained(Duration.ofNanos(deadline - System.nanoTime()))) {
                long open = slot.openLeases();
                hidden.forEach(this::reveal);
                throw new ControlRoomException(
                        ErrorCode.PLUGIN_IN_USE,
                        Reason.of(
                                "plugin-busy",
                                "plugin {0}: {1} uses did not end within {2} ms; try again when the work that uses it is done",
                                plugin,
                                open,
                                drainTimeout.toMillis()));
            }
        }
    }

    /** Lets no new lease on the plugin come; does nothing if none could come before. */
    void hide(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        if (bundle != null) {
            leases.hide(bundle.getBundleId());
        }
    }

    void reveal(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        if (bundle != null) {
            leases.reveal(bundle.getBundleId());
        }
    }
}
