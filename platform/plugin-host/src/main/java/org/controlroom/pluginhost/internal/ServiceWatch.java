package org.controlroom.pluginhost.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Gets every plugin service once when it comes, and lets it go only after its leases were drained. */
final class ServiceWatch implements ServiceTrackerCustomizer<Object, ServiceSlot>, AutoCloseable {

    private final BundleContext context;
    private final LeaseTable leases;
    private volatile Duration drainTimeout;
    private final ServiceTracker<Object, ServiceSlot> tracker;

    ServiceWatch(BundleContext context, LeaseTable leases, Duration drainTimeout) {
        this.context = context;
        this.leases = leases;
        this.drainTimeout = drainTimeout;
        try {
            this.tracker = new ServiceTracker<>(
                    context, context.createFilter("(" + ComponentDescription.ID_PROPERTY + "=*)"), this);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    void open() {
        tracker.open();
    }

    /** Getting the service activates the component now, so that a failure is seen at the start and not at a call. */
    @Override
    public @Nullable ServiceSlot addingService(ServiceReference<Object> reference) {
        Object service = context.getService(reference);
        if (service == null) {
            return null;
        }
        String id = String.valueOf(reference.getProperty(ComponentDescription.ID_PROPERTY));
        Version version = reference.getBundle().getVersion();
        ServiceSlot slot = new ServiceSlot(
                reference.getBundle().getBundleId(),
                id,
                reference.getBundle().getSymbolicName(),
                version,
                service,
                leases.counts(id, version.toString()));
        leases.appeared(slot);
        return slot;
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, ServiceSlot slot) {
        // the id is fixed, other properties do not matter
    }

    /** Runs before the component is deactivated, so leased calls end on a live component. */
    @Override
    public void removedService(ServiceReference<Object> reference, ServiceSlot slot) {
        leases.vanished(slot, drainTimeout);
        context.ungetService(reference);
    }

    /** Lets all services go at once; who still has a lease then is shutting down too. */
    @Override
    public void close() {
        drainTimeout = Duration.ZERO;
        tracker.close();
    }
}
