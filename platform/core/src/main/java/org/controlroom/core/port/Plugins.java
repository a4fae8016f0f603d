package org.controlroom.core.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.PluginState;
import org.controlroom.spi.Settings;

/**
 * Installed plugins and their services. Thread-safe.
 *
 * <p>Whoever uses a service holds a {@link Lease} on it: as long as one is open, the plugin version behind it is neither
 * stopped nor removed.
 */
public interface Plugins {

    /** All installed versions, by id and then newest first. */
    List<PluginState> list();

    /**
     * Leases the service of the highest active version in the range.
     *
     * @param type SPI interface, for example {@code FeatureExtractorFactory.class}
     * @param id plugin id
     * @param versionRange OSGi range, for example {@code [1.2.0,2.0.0)}; {@code 0} for any
     * @throws org.controlroom.spi.ControlRoomException PLUGIN_MISSING naming id, range and what is installed
     */
    <T> Lease<T> lease(Class<T> type, String id, String versionRange);

    /**
     * Complete settings for a training: defaults of the plugin, over them the settings stored with {@link #configure},
     * over them the given ones.
     *
     * @throws org.controlroom.spi.ControlRoomException SETTINGS_INVALID naming all mistakes, PLUGIN_MISSING
     */
    Settings completeSettings(String id, Map<String, String> given);

    /** Stores settings of the plugin that take the place of its defaults; kept over restarts. Empty means reset. */
    void configure(String id, Map<String, String> settings);

    /**
     * Checks the jar, installs and starts it beside other versions. On failure nothing has changed.
     *
     * @param jar copied; the caller may delete it afterwards
     * @throws org.controlroom.spi.ControlRoomException PLUGIN_INVALID with the reason, CONFLICT when this version is
     *     installed with other content or another bundle has the id, TOO_LARGE
     */
    PluginState install(Path jar);

    /**
     * Replaces the highest installed version of a plugin: no call fails while it happens.
     *
     * @param mode how
     * @throws org.controlroom.spi.ControlRoomException as {@link #install}, and CONFLICT when the jar holds another plugin
     *     or no newer version; the old version then keeps working
     */
    PluginState update(String id, Path jar, UpdateMode mode);

    /** Starts a stopped version. */
    PluginState start(String id, String version);

    /** @throws org.controlroom.spi.ControlRoomException PLUGIN_IN_USE naming who needs it */
    PluginState stop(String id, String version);

    /** @throws org.controlroom.spi.ControlRoomException PLUGIN_IN_USE naming who needs it */
    void remove(String id, String version);

    /** Adds somebody to be told of replacements; told in the thread that replaces. */
    void addListener(Listener listener);

    /** How an update replaces the old version. */
    enum UpdateMode {
        /** The new version runs beside the old one; users move over; the old one is removed when its last lease ends. */
        BLUE_GREEN,
        /** Users wait at the gate for the moment in which the old version is replaced by the new one. */
        IN_PLACE
    }

    /**
     * A service that stays usable until closed. Closing twice does nothing.
     *
     * @param <T> SPI interface
     */
    interface Lease<T> extends AutoCloseable {
        T service();

        String pluginId();

        /** Bundle version of the plugin. */
        String version();

        String bundle();

        @Override
        void close();
    }

    /** Somebody who holds long leases and must move them when a plugin is replaced. */
    interface Listener {

        /** Who needs this plugin version now, for people, for example {@code live model rakuten_classifier 3}. */
        List<String> usersOf(String pluginId, String version);

        /**
         * A newer version is active and leases now lead to it: take a new lease, then close the old one. If this throws,
         * the update is undone and the old version stays.
         */
        void replaced(String pluginId, String oldVersion, String newVersion);

        /**
         * Before an in-place replacement: let calls wait, close leases on the plugin. {@code resume} is always called
         * afterwards, whether the replacement worked or not.
         */
        void suspend(String pluginId, String version);

        /** After an in-place replacement: take new leases, let the calls go on. */
        void resume(String pluginId);
    }
}
