package org.controlroom.pluginhost;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a plugin host is set up.
 *
 * @param storage folder of the host's own; made when missing; used by one process at a time
 * @param bundled folder with the plugin jars of the distribution; null when there is none
 * @param maxJarBytes largest plugin jar that is accepted
 * @param drainTimeout how long stop, removal and in-place update wait for open leases; a lease waits up to twice as long
 *     for a change of its plugin to end
 */
public record PluginHostOptions(Path storage, @Nullable Path bundled, long maxJarBytes, Duration drainTimeout) {

    /** A native library such as ONNX Runtime takes about 100 MB. */
    private static final long DEFAULT_MAX_JAR_BYTES = 256L << 20;

    /** Serving calls wait as long during an in-place update, so this stays below what they are willing to wait. */
    private static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(5);

    public PluginHostOptions {
        if (maxJarBytes < 1) {
            throw new IllegalArgumentException("plugin host: maxJarBytes=" + maxJarBytes + "; must be 1 or more");
        }
        if (drainTimeout.isNegative() || drainTimeout.isZero()) {
            throw new IllegalArgumentException("plugin host: drainTimeout=" + drainTimeout + "; must be above 0");
        }
    }

    /** The usual limits: jars up to 256 MB, 5 seconds of waiting for leases. */
    public static PluginHostOptions of(Path storage, @Nullable Path bundled) {
        return new PluginHostOptions(storage, bundled, DEFAULT_MAX_JAR_BYTES, DEFAULT_DRAIN_TIMEOUT);
    }

    public PluginHostOptions withMaxJarBytes(long bytes) {
        return new PluginHostOptions(storage, bundled, bytes, drainTimeout);
    }

    public PluginHostOptions withDrainTimeout(Duration timeout) {
        return new PluginHostOptions(storage, bundled, maxJarBytes, timeout);
    }
}
