package org.controlroom.pluginhost.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.port.Plugins;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Leads leases to services, and away from those that are about to go. Thread-safe.
 *
 * <p>A service is always taken out of the routes before its slot is closed; so whoever finds a closed slot only has to
 * look again. While a change is under way its plugins are behind a gate: who finds nothing waits until the change is
 * decided, except the thread that makes the change.
 */
final class LeaseTable {

    private final Duration gateTimeout;
    private final Function<String, String> whatIsInstalled;
    private final Map<Long, ServiceSlot> slots = new HashMap<>(); // by bundle id; guarded by this
    private final Set<Long> hidden = new HashSet<>(); // bundle ids; guarded by this
    /** By id and version. Never shrinks: what was called stays known as long as the process runs. */
    private final Map<String, CallCounts> counts = new ConcurrentHashMap<>();

    private volatile Routes routes = new Routes(List.of());
    private volatile @Nullable Gate gate;

    /** @param whatIsInstalled describes the versions of a plugin id, for messages */
    LeaseTable(Duration gateTimeout, Function<String, String> whatIsInstalled) {
        this.gateTimeout = gateTimeout;
        this.whatIsInstalled = whatIsInstalled;
    }

    <T> Plugins.Lease<T> lease(Class<T> type, String id, String versionRange) {
        ServiceSlot slot = routes.find(type, id, versionRange);
        if (slot == null || !slot.tryAcquire()) {
            slot = acquireSlowly(type, id, versionRange);
        }
        return new CountedLease<>(type.cast(slot.service()), slot);
    }

    private ServiceSlot acquireSlowly(Class<?> type, String id, String versionRange) {
        long deadline = System.nanoTime() + gateTimeout.toNanos();
        while (true) {
            Routes now = routes;
            ServiceSlot slot = now.find(type, id, versionRange);
            if (slot != null && slot.tryAcquire()) {
                return slot;
            }
            if (slot != null) {
                Thread.onSpinWait();
                continue;
            }
            Gate closed = gate;
            if (closed != null && closed.ids.contains(id) && closed.owner != Thread.currentThread()) {
                awaitChange(id, closed, now, deadline);
            } else if (routes == now) {
                throw new ControlRoomException(
                        ErrorCode.PLUGIN_MISSING,
                        "plugin " + id + ": no active version in range " + versionRange + " provides "
                                + type.getSimpleName() + "; " + whatIsInstalled.apply(id));
            }
        }
    }

    /**
     * Waits until the gate opens or other services can be leased. The second comes first, and whoever waits may hold a
     * lock that the one who makes the change needs to go on.
     */
    private synchronized void awaitChange(String id, Gate closed, Routes seen, long deadline) {
        try {
            while (gate == closed && routes == seen) {
                long leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    throw new ControlRoomException(
                            ErrorCode.OVERLOADED, "plugin " + id + ": is being replaced; try again");
                }
                wait(leftMs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlRoomException(
                    ErrorCode.CANCELLED, "plugin " + id + ": interrupted while it is being replaced", e);
        }
    }

    /** Counters of a plugin version, the same ones for every start of it. */
    CallCounts counts(String id, String version) {
        return counts.computeIfAbsent(id + " " + version, key -> new CallCounts(id, version));
    }

    /** Use of every version that ever had a service in this process, by id and then newest first. */
    List<PluginCalls> calls() {
        return counts.values().stream()
                .map(count -> new PluginCalls(
                        count.pluginId(),
                        count.version(),
                        openLeases(count.pluginId(), count.version()),
                        count.calls(),
                        count.errors()))
                .sorted(Comparator.comparing(PluginCalls::id)
                        .thenComparing(calls -> Version.parseVersion(calls.version()), Comparator.reverseOrder()))
                .toList();
    }

    private synchronized long openLeases(String id, String version) {
        return slots.values().stream()
                .filter(slot -> slot.pluginId().equals(id) && slot.versionText().equals(version))
                .mapToLong(ServiceSlot::openLeases)
                .sum();
    }

    /** Use of one version; zeros when it was never used. */
    PluginCalls calls(String id, String version) {
        CallCounts count = counts.get(id + " " + version);
        return count == null
                ? new PluginCalls(id, version, 0, 0, 0)
                : new PluginCalls(id, version, openLeases(id, version), count.calls(), count.errors());
    }

    /** From now until {@link #openGate} whoever finds no service of these plugins waits. */
    void closeGate(Collection<String> ids) {
        gate = new Gate(Set.copyOf(ids));
    }

    synchronized void openGate() {
        gate = null;
        notifyAll();
    }

    /** A service came. */
    synchronized void appeared(ServiceSlot slot) {
        slots.put(slot.bundleId(), slot);
        if (hidden.contains(slot.bundleId())) {
            slot.close();
        }
        publish();
    }

    /** A service is going; afterwards nobody uses it, or the time was up. */
    void vanished(ServiceSlot slot, Duration drainTimeout) {
        synchronized (this) {
            slots.remove(slot.bundleId(), slot);
            publish();
            if (!slot.closed()) {
                slot.close();
            }
        }
        slot.awaitDrained(drainTimeout);
    }

    /** Takes the bundle's service, present or to come, out of the routes and closes it. */
    void hide(long bundleId) {
        exchange(bundleId, null);
    }

    /** Undoes {@link #hide}. */
    void reveal(long bundleId) {
        exchange(null, bundleId);
    }

    /** Hides one and reveals the other in one step, so that no moment is without a service. */
    synchronized void exchange(@Nullable Long toHide, @Nullable Long toReveal) {
        if (toReveal != null && hidden.remove(toReveal)) {
            ServiceSlot slot = slots.get(toReveal);
            if (slot != null) {
                slot.reopen();
            }
        }
        boolean newlyHidden = toHide != null && hidden.add(toHide);
        publish();
        if (newlyHidden) {
            ServiceSlot slot = slots.get(toHide);
            if (slot != null) {
                slot.close();
            }
        }
    }

    /** Forgets an uninstalled bundle. */
    synchronized void forget(long bundleId) {
        hidden.remove(bundleId);
    }

    synchronized Optional<ServiceSlot> slot(long bundleId) {
        return Optional.ofNullable(slots.get(bundleId));
    }

    private synchronized void publish() {
        routes = new Routes(slots.values().stream()
                .filter(slot -> !hidden.contains(slot.bundleId()))
                .collect(Collectors.toList()));
        notifyAll();
    }

    /** A change under way; two changes are never equal. */
    private static final class Gate {

        private final Set<String> ids;
        private final Thread owner = Thread.currentThread(); // who makes the change

        Gate(Set<String> ids) {
            this.ids = ids;
        }
    }
}
