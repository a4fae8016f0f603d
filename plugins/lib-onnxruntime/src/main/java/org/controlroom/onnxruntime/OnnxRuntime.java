package org.controlroom.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import java.security.AccessController;
import java.security.PrivilegedAction;

/** The way to ONNX Runtime for plugins. */
public final class OnnxRuntime {

    private OnnxRuntime() {}

    /**
     * The one environment of the process; the first call unpacks and loads the native library.
     *
     * <p>ONNX Runtime registers a shutdown hook then. Up to Java 23 a thread keeps the protection domains, and with them the
     * class loaders, of everybody who was on the stack when it was made: the plugin that asked first could never be
     * unloaded. Privileged, it keeps those up to here only.
     */
    @SuppressWarnings("removal")
    public static OrtEnvironment environment() {
        return AccessController.doPrivileged((PrivilegedAction<OrtEnvironment>) OrtEnvironment::getEnvironment);
    }
}
