package org.controlroom.pluginhost.internal;

import java.util.concurrent.atomic.LongAdder;

/** Calls of one plugin version, counted by many threads at once and seldom read. */
final class CallCounts {

    private final String pluginId;
    private final String version;
    private final LongAdder calls = new LongAdder();
    private final LongAdder errors = new LongAdder();

    CallCounts(String pluginId, String version) {
        this.pluginId = pluginId;
        this.version = version;
    }

    void count(boolean succeeded) {
        calls.increment();
        if (!succeeded) {
            errors.increment();
        }
    }

    String pluginId() {
        return pluginId;
    }

    String version() {
        return version;
    }

    long calls() {
        return calls.sum();
    }

    long errors() {
        return errors.sum();
    }
}
