package org.controlroom.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginCheck;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.plugins.liblinear.LiblinearTrainer;
import org.controlroom.plugins.tfidf.TfidfExtractorFactory;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Settings;

/** The plugins under measurement straight from the class path, so that no framework is in the figures. */
final class ClassPathPlugins implements Plugins {

    private static final Map<String, Object> SERVICES = Map.of(
            "extractor-tfidf", new TfidfExtractorFactory(),
            "classifier-liblinear", new LiblinearTrainer());

    private static final String VERSION = "0.1.0";

    @Override
    public <T> Lease<T> lease(Class<T> type, String id, String versionRange) {
        Object service = SERVICES.get(id);
        if (!type.isInstance(service)) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_MISSING, id + " as " + type.getSimpleName() + "; known are " + SERVICES.keySet());
        }
        return new OpenLease<>(type.cast(service), id);
    }

    private record OpenLease<T>(T service, String pluginId) implements Lease<T> {
        @Override
        public String version() {
            return VERSION;
        }

        @Override
        public String bundle() {
            return "org.controlroom.plugins." + pluginId;
        }

        @Override
        public void count(boolean succeeded) {}

        @Override
        public void close() {}
    }

    /** Unset keys take the defaults of the plugin's settings annotation when the plugin reads them. */
    @Override
    public Settings completeSettings(String id, Map<String, String> given) {
        return Settings.of(given);
    }

    @Override
    public void addListener(Listener listener) {}

    @Override
    public List<PluginState> list() {
        return List.of();
    }

    @Override
    public void configure(String id, Map<String, String> settings) {
        throw fixed();
    }

    @Override
    public Map<String, String> storedSettings(String id) {
        return Map.of();
    }

    @Override
    public PluginCheck check(Path jar) {
        throw fixed();
    }

    @Override
    public List<KeptPlugin> kept() {
        return List.of();
    }

    @Override
    public PluginState restore(String id, String version, UpdateMode mode) {
        throw fixed();
    }

    @Override
    public List<PluginCalls> calls() {
        return List.of();
    }

    @Override
    public PluginState install(Path jar) {
        throw fixed();
    }

    @Override
    public PluginState update(String id, Path jar, UpdateMode mode) {
        throw fixed();
    }

    @Override
    public PluginState start(String id, String version) {
        throw fixed();
    }

    @Override
    public PluginState stop(String id, String version) {
        throw fixed();
    }

    @Override
    public void remove(String id, String version) {
        throw fixed();
    }

    private static ControlRoomException fixed() {
        return new ControlRoomException(ErrorCode.CONFLICT, "plugins of a benchmark are those of its class path");
    }
}
