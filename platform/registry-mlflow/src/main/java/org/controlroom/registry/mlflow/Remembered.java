package org.controlroom.registry.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What the server said that never changes, of the things asked for last. Thread-safe. */
final class Remembered {

    private static final int MOST = 1_000;

    /** Guarded by itself. */
    private final Map<String, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    void put(String key, String value) {
        synchronized (known) {
            known.put(key, value);
        }
    }

    /** @param ask when it is not known */
    String get(String key, Supplier<String> ask) {
        String value;
        synchronized (known) {
            value = known.get(key);
        }
        if (value == null) {
            value = ask.get();
            put(key, value);
        }
        return value;
    }
}
