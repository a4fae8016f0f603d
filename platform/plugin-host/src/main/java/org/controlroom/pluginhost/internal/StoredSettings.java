package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Settings that take the place of a plugin's defaults, kept by the configuration service under the plugin's id. */
final class StoredSettings {

    /** Put there by the configuration service. */
    private static final Set<String> FOREIGN =
            Set.of(Constants.SERVICE_PID, "service.bundleLocation", "service.factoryPid");

    private final ConfigurationAdmin configurations;

    StoredSettings(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    /** Empty when none are stored. */
    Map<String, String> read(String id) {
        Map<String, String> settings = new TreeMap<>();
        try {
            Configuration[] found = configurations.listConfigurations("(" + Constants.SERVICE_PID + "=" + id + ")");
            if (found != null && found[0].getProperties() != null) {
                Dictionary<String, Object> properties = found[0].getProperties();
                for (String key : Collections.list(properties.keys())) {
                    if (!FOREIGN.contains(key)) {
                        settings.put(key, String.valueOf(properties.get(key)));
                    }
                }
            }
            return settings;
        } catch (IOException e) {
            throw PluginStore.failed("settings of plugin " + id + ": cannot be read", e);
        } catch (InvalidSyntaxException e) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "plugin id '" + id + "': " + e.getMessage(), e);
        }
    }

    /** Keeps the settings, already checked; none means to forget them. */
    void write(String id, Map<String, String> settings) {
        try {
            Configuration configuration = configurations.getConfiguration(id, "?");
            if (settings.isEmpty()) {
                configuration.delete();
            } else {
                configuration.update(FrameworkUtil.asDictionary(settings));
            }
        } catch (IOException e) {
            throw PluginStore.failed("settings of plugin " + id + ": cannot be stored", e);
        }
    }
}
