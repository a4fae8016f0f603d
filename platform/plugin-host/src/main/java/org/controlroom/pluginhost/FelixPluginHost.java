package org.controlroom.pluginhost;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginCheck;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.pluginhost.internal.PluginHost;
import org.controlroom.spi.Settings;

/** Plugins in an embedded Apache Felix. Open one a process, close it at the end. */
public final class FelixPluginHost implements Plugins, AutoCloseable {

    private final PluginHost host;

    private FelixPluginHost(PluginHost host) {
        this.host = host;
    }

    /**
     * Starts the framework and every plugin that shall run; a plugin that fails does not stop the others, it is listed
     * as FAILED with its reason.
     *
     * @throws org.controlroom.spi.ControlRoomException STORAGE_FAILED when the folder cannot be written or belongs to
     *     another server
     */
    public static FelixPluginHost open(PluginHostOptions options) {
        return new FelixPluginHost(PluginHost.open(options));
    }

    @Override
    public List<PluginState> list() {
        return host.list();
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String id, String versionRange) {
        return host.lease(type, id, versionRange);
    }

    @Override
    public Settings completeSettings(String id, Map<String, String> given) {
        return host.completeSettings(id, given);
    }

    @Override
    public void configure(String id, Map<String, String> settings) {
        host.configure(id, settings);
    }

    @Override
    public Map<String, String> storedSettings(String id) {
        return host.storedSettings(id);
    }

    @Override
    public PluginCheck check(Path jar) {
        return host.check(jar);
    }

    @Override
    public List<KeptPlugin> kept() {
        return host.kept();
    }

    @Override
    public PluginState restore(String id, String version, UpdateMode mode) {
        return host.restore(id, version, mode);
    }

    @Override
    public List<PluginCalls> calls() {
        return host.calls();
    }

    @Override
    public PluginState install(Path jar) {
        return host.install(jar);
    }

    @Override
    public PluginState update(String id, Path jar, UpdateMode mode) {
        return host.update(id, jar, mode);
    }

    @Override
    public PluginState start(String id, String version) {
        return host.start(id, version);
    }

    @Override
    public PluginState stop(String id, String version) {
        return host.stop(id, version);
    }

    @Override
    public void remove(String id, String version) {
        host.remove(id, version);
    }

    @Override
    public void addListener(Listener listener) {
        host.addListener(listener);
    }

    @Override
    public void close() {
        host.close();
    }
}
