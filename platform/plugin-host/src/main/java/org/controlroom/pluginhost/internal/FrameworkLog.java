package org.controlroom.pluginhost.internal;

import java.lang.System.Logger.Level;
import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;

/** Leads what the framework and the bundles log to the platform's log instead of standard output. */
final class FrameworkLog extends Logger implements LogListener {

    private static final System.Logger LOG = System.getLogger("org.controlroom.pluginhost.framework");

    @Override
    @SuppressWarnings("rawtypes") // Felix declares it so
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference service,
            int level,
            String message,
            @Nullable Throwable cause) {
        doLog(level, bundle == null ? message : bundle + ": " + message, cause);
    }

    @Override
    protected void doLog(int level, String message, @Nullable Throwable cause) {
        LOG.log(level <= LOG_ERROR ? Level.ERROR : level == LOG_WARNING ? Level.WARNING : Level.DEBUG, message, cause);
    }

    /** Called by the log service, whose entries would otherwise only be kept in memory. */
    @Override
    public void logged(LogEntry entry) {
        LogLevel level = entry.getLogLevel();
        Level ours = level == LogLevel.ERROR || level == LogLevel.AUDIT
                ? Level.ERROR
                : level == LogLevel.WARN ? Level.WARNING : Level.DEBUG;
        LOG.log(ours, entry.getBundle() + ": " + entry.getMessage(), entry.getException());
    }
}
