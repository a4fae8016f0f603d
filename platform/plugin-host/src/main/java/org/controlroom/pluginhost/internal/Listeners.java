package org.controlroom.pluginhost.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.controlroom.core.port.Plugins.Listener;

/** Those who hold long leases. */
final class Listeners {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    void add(Listener listener) {
        listeners.add(listener);
    }

    List<Listener> all() {
        return listeners;
    }

    List<String> modelsOn(InstalledPlugin plugin) {
        return listeners.stream()
                .flatMap(listener ->
                        listener.modelsOn(plugin.id(), plugin.version().toString()).stream())
                .distinct()
                .toList();
    }
}
