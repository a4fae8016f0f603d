package org.controlroom.pluginhost.internal;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.port.Plugins.Listener;

/** Who was told to wait during an in-place replacement and not yet told to go on. One use, one thread. */
final class Suspensions {

    private final List<Suspension> waiting = new ArrayList<>();
    private final List<Suspension> resumed = new ArrayList<>();

    void suspend(List<Listener> listeners, List<HostedPlugin> plugins) {
        for (Listener listener : listeners) {
            for (HostedPlugin plugin : plugins) {
                Suspension suspension = new Suspension(listener, plugin.id());
                waiting.add(suspension); // before the call: a listener that throws is told to go on as well
                listener.suspend(plugin.id(), plugin.version().toString());
            }
        }
    }

    /** Stops at the first listener that cannot go on; it and those after it stay suspended. */
    void resumeAll() {
        while (!waiting.isEmpty()) {
            Suspension next = waiting.get(0);
            next.listener.resume(next.pluginId);
            waiting.remove(0);
            resumed.add(next);
        }
    }

    /** While undoing: every listener goes on, whatever another one throws. */
    void resumeAll(RuntimeException reason) {
        while (!waiting.isEmpty()) {
            Suspension next = waiting.remove(0);
            try {
                next.listener.resume(next.pluginId);
            } catch (RuntimeException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /** Suspends again those that went on already, because the version they took must go. */
    void suspendResumed(List<HostedPlugin> plugins, RuntimeException reason) {
        for (Suspension again : resumed) {
            for (HostedPlugin plugin : plugins) {
                if (plugin.id().equals(again.pluginId)) {
                    try {
                        waiting.add(again);
                        again.listener.suspend(plugin.id(), plugin.version().toString());
                    } catch (RuntimeException e) {
                        reason.addSuppressed(e);
                    }
                }
            }
        }
        resumed.clear();
    }

    private record Suspension(Listener listener, String pluginId) {}
}
