package org.controlroom.pluginhost.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import org.osgi.framework.Bundle;

/** Takes replaced versions out of the process: now if their calls end soon, otherwise when the last lease ends. */
final class Retirement implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Retirement.class.getName());

    /** How long an update waits for calls in flight before it leaves the old version to be removed later. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Installation installation;
    private final LeaseTable leases;
    private final Lock changes;
    private final ExecutorService later = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "plugin-retire");
        thread.setDaemon(true);
        return thread;
    });

    /** @param changes held by whoever changes the installation */
    Retirement(Installation installation, LeaseTable leases, Lock changes) {
        this.installation = installation;
        this.leases = leases;
        this.changes = changes;
    }

    /** Called with the lock held. */
    void retire(HostedPlugin plugin) {
        Bundle bundle = plugin.bundle();
        ServiceSlot slot =
                bundle == null ? null : leases.slot(bundle.getBundleId()).orElse(null);
        if (slot == null || slot.awaitDrained(PATIENCE)) {
            installation.forget(plugin);
            return;
        }
        LOG.log(Level.INFO, "plugin {0}: has {1} uses, removed when the last one ends", plugin, slot.openLeases());
        slot.whenDrained(() -> {
            try {
                later.execute(() -> forget(plugin));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.DEBUG, "the host is closing, so the plugin goes anyway", e);
            }
        });
    }

    private void forget(HostedPlugin plugin) {
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
    public void close() {
        later.shutdown();
    }
}
