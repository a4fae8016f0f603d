package org.controlroom.pluginhost.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * The service of one running plugin version, and the number of leases open on it.
 *
 * <p>The number and the closed mark share one atomic word, so that taking a lease is one addition: closed adds
 * {@link Long#MIN_VALUE}, and a lease taken on a negative word is given back at once.
 */
final class ServiceSlot {

    private static final long CLOSED = Long.MIN_VALUE;

    private final long bundleId;
    private final String pluginId;
    private final String bundle;
    private final Version version;
    private final String versionText;
    private final Object service;
    private final CallCounts counts;
    private final AtomicLong leases = new AtomicLong();
    private @Nullable Runnable whenDrained; // guarded by this

    ServiceSlot(long bundleId, String pluginId, String bundle, Version version, Object service, CallCounts counts) {
        this.bundleId = bundleId;
        this.pluginId = pluginId;
        this.bundle = bundle;
        this.version = version;
        this.versionText = version.toString();
        this.service = service;
        this.counts = counts;
    }

    long bundleId() {
        return bundleId;
    }

    String pluginId() {
        return pluginId;
    }

    String bundle() {
        return bundle;
    }

    Version version() {
        return version;
    }

    String versionText() {
        return versionText;
    }

    Object service() {
        return service;
    }

    CallCounts counts() {
        return counts;
    }

    /** Takes a lease, unless closed. */
    boolean tryAcquire() {
        if (leases.getAndIncrement() >= 0) {
            return true;
        }
        release();
        return false;
    }

    void release() {
        if (leases.decrementAndGet() == CLOSED) {
            signalDrained();
        }
    }

    /** No lease can be taken from now on. The caller sees to it that this is not called twice in a row. */
    void close() {
        if (leases.addAndGet(CLOSED) == CLOSED) {
            signalDrained();
        }
    }

    /** Undoes {@link #close}. */
    void reopen() {
        leases.addAndGet(CLOSED); // adding the highest bit twice clears it
    }

    boolean closed() {
        return leases.get() < 0;
    }

    /** Open leases now; may count ones that are being refused. */
    long openLeases() {
        return leases.get() & Long.MAX_VALUE;
    }

    /** Waits until the closed slot has no lease open; false when it still has after the time. */
    synchronized boolean awaitDrained(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (leases.get() != CLOSED) {
                long leftMs = (deadline - System.nanoTime() + 999_999) / 1_000_000;
                if (leftMs <= 0) {
                    return false;
                }
                wait(leftMs);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs the action once, when the closed slot has no lease open; at once if it has none now. */
    void whenDrained(Runnable action) {
        synchronized (this) {
            whenDrained = action;
        }
        if (leases.get() == CLOSED) {
            signalDrained();
        }
    }

    private void signalDrained() {
        Runnable action;
        synchronized (this) {
            notifyAll();
            action = whenDrained;
            whenDrained = null;
        }
        if (action != null) {
            action.run();
        }
    }
}
