package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.log.LogReaderService;

/** The embedded framework with its four service bundles; knows nothing of plugins. */
final class PluginFramework implements AutoCloseable {

    private static final List<String> SERVICE_BUNDLES = List.of("log", "configadmin", "metatype", "scr");
    private static final long REFRESH_TIMEOUT_SECONDS = 30;
    private static final long STOP_TIMEOUT_MS = 30_000;

    private final Felix felix;

    private PluginFramework(Felix felix) {
        this.felix = felix;
    }

    /**
     * @param cache emptied at each start, because a damaged cache loses bundles silently; the truth is in
     *     {@link PluginStore}
     * @param settings where the configuration service keeps its files
     */
    static PluginFramework start(Path cache, Path settings) {
        FrameworkLog log = new FrameworkLog();
        Map<String, Object> options = new HashMap<>();
        options.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        options.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        options.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_BOOT);
        options.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SystemPackages.header());
        options.put("felix.service.urlhandlers", "false");
        options.put("felix.bootdelegation.implicit", "false");
        options.put("felix.log.logger", log);
        options.put("felix.cm.dir", settings.toString());
        Felix felix = new Felix(options);
        try {
            felix.start();
            BundleContext context = felix.getBundleContext();
            for (String name : SERVICE_BUNDLES) {
                installServiceBundle(context, name).start();
            }
            ServiceReference<LogReaderService> reader = context.getServiceReference(LogReaderService.class);
            if (reader != null) {
                context.getService(reader).addLogListener(log);
            }
            return new PluginFramework(felix);
        } catch (BundleException | IOException e) {
            stopQuietly(felix, e);
            throw new ControlRoomException(
                    ErrorCode.INTERNAL, "plugin framework did not start in " + cache + ": " + e.getMessage(), e);
        }
    }

    private static Bundle installServiceBundle(BundleContext context, String name) throws IOException, BundleException {
        String resource = "/org/controlroom/pluginhost/bundles/org.apache.felix." + name + ".jar";
        try (InputStream in = PluginFramework.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("resource " + resource + " is missing from the plugin host's jar");
            }
            return context.installBundle("controlroom:" + name, in);
        }
    }

    private static void stopQuietly(Felix felix, Exception cause) {
        try {
            felix.stop();
        } catch (BundleException e) {
            cause.addSuppressed(e);
        }
    }

    BundleContext context() {
        return felix.getBundleContext();
    }

    /** A service of the framework's own bundles. */
    <S> S service(Class<S> type) {
        ServiceReference<S> reference = context().getServiceReference(type);
        if (reference == null) {
            throw new ControlRoomException(ErrorCode.INTERNAL, "plugin framework: no service " + type.getName());
        }
        return Objects.requireNonNull(context().getService(reference), type.getName());
    }

    /** Installs without copying: the bundle reads the given file as long as it is installed. */
    Bundle install(Path jar) throws BundleException {
        return context().installBundle("reference:" + jar.toUri());
    }

    FrameworkWiring wiring() {
        return felix.adapt(FrameworkWiring.class);
    }

    /** The bundles that would have to be restarted if the given one went, itself included. */
    Collection<Bundle> closure(Bundle bundle) {
        return wiring().getDependencyClosure(List.of(bundle));
    }

    /** Re-wires the bundles and those that depend on them, and waits until it is done. */
    void refresh(Collection<Bundle> bundles) {
        CountDownLatch done = new CountDownLatch(1);
        FrameworkListener listener = event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        };
        wiring().refreshBundles(bundles, listener);
        try {
            if (!done.await(REFRESH_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new ControlRoomException(
                        ErrorCode.INTERNAL,
                        "plugin framework: re-wiring " + bundles + " took more than " + REFRESH_TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlRoomException(ErrorCode.CANCELLED, "plugin framework: interrupted while re-wiring", e);
        }
    }

    @Override
    public void close() {
        try {
            felix.stop();
            felix.waitForStop(STOP_TIMEOUT_MS);
        } catch (BundleException e) {
            throw new ControlRoomException(ErrorCode.INTERNAL, "plugin framework did not stop: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
