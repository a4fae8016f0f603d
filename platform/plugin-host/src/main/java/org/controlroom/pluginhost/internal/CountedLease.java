package org.controlroom.pluginhost.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.controlroom.core.port.Plugins;

/** One open lease: one count in its slot, given back once. */
final class CountedLease<T> implements Plugins.Lease<T> {

    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(CountedLease.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final T service;
    private final ServiceSlot slot;

    @SuppressWarnings("UnusedVariable") // read and written through CLOSED
    private volatile boolean closed;

    CountedLease(T service, ServiceSlot slot) {
        this.service = service;
        this.slot = slot;
    }

    @Override
    public T service() {
        return service;
    }

    @Override
    public String pluginId() {
        return slot.pluginId();
    }

    @Override
    public String version() {
        return slot.versionText();
    }

    @Override
    public String bundle() {
        return slot.bundle();
    }

    @Override
    public void count(boolean succeeded) {
        slot.counts().count(succeeded);
    }

    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, false, true)) {
            slot.release();
        }
    }

    @Override
    public String toString() {
        return "lease on " + pluginId() + " " + version();
    }
}
