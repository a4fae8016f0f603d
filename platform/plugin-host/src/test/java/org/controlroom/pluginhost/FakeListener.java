package org.controlroom.pluginhost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.controlroom.core.port.Plugins;
import org.controlroom.spi.classify.ClassifierTrainer;

/** Holds one long lease as the serving model does: calls share it, a replacement moves it. */
class FakeListener implements Plugins.Listener {

    private final Plugins plugins;
    private final String id;
    private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock();
    private Plugins.Lease<ClassifierTrainer> lease;

    /** What the host told, in order. */
    final List<String> told = Collections.synchronizedList(new ArrayList<>());

    FakeListener(Plugins plugins, String id) {
        this.plugins = plugins;
        this.id = id;
    }

    void take() {
        Plugins.Lease<ClassifierTrainer> old = lease;
        lease = plugins.lease(ClassifierTrainer.class, id, range());
        if (old != null) {
            old.close();
        }
    }

    /** Versions it accepts. */
    String range() {
        return "0";
    }

    String version() {
        return lease.version();
    }

    /** A call through the long lease; throws when the answer is not the version's. */
    void call() {
        calls.readLock().lock();
        try {
            int label = HostAssertions.label(lease);
            if (label != TestBundle.number(lease.version())) {
                throw new IllegalStateException(label + " from " + lease.version());
            }
        } finally {
            calls.readLock().unlock();
        }
    }

    void release() {
        lease.close();
    }

    @Override
    public List<String> modelsOn(String pluginId, String version) {
        return List.of();
    }

    @Override
    public void replaced(String pluginId, String oldVersion, String newVersion) {
        told.add("replaced " + oldVersion + " by " + newVersion);
        calls.writeLock().lock();
        try {
            take();
        } finally {
            calls.writeLock().unlock();
        }
    }

    @Override
    public void suspend(String pluginId, String version) {
        told.add("suspend " + pluginId + " " + version);
        calls.writeLock().lock();
        if (lease != null) {
            lease.close();
        }
    }

    @Override
    public void resume(String pluginId) {
        told.add("resume " + pluginId);
        try {
            take();
        } finally {
            calls.writeLock().unlock();
        }
    }
}
