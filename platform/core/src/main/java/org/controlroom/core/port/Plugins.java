package org.controlroom.core.port;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginCheck;
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

    /** What {@link #configure} stored, secrets included; empty when nothing is stored. */
    Map<String, String> storedSettings(String id);

    /**
     * Stores settings of the plugin that take the place of its defaults; kept over restarts. Empty means reset.
     *
     * @throws org.controlroom.spi.ControlRoomException SETTINGS_INVALID naming all mistakes, those between several
     *     settings included, PLUGIN_MISSING
     */
    void configure(String id, Map<String, String> settings);

    /**
     * What the jar holds and whether it could be installed; installs nothing.
     *
     * @param jar copied; the caller may delete it afterwards
     * @throws org.controlroom.spi.ControlRoomException PLUGIN_INVALID when it is damaged or no plugin, TOO_LARGE
     */
    PluginCheck check(Path jar);

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

    /** Versions that an update replaced and whose jars are kept, by id and then newest first. */
    List<KeptPlugin> kept();

    /**
     * Replaces the highest installed version by a kept one, older or newer: no call fails while it happens. The version
     * that is replaced is kept in its turn, and does not come back by itself with a restart.
     *
     * @throws org.controlroom.spi.ControlRoomException NOT_FOUND when no such jar is kept, PLUGIN_MISSING when no version
     *     is installed, otherwise as {@link #update}
     */
    PluginState restore(String id, String version, UpdateMode mode);

    /** Use of every version since the process started, by id and then newest first. */
    List<PluginCalls> calls();

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

        /** Counts one call of the service or of what it made; cheap enough for every prediction. */
        void count(boolean succeeded);

        @Override
        void close();
    }

    /** Somebody who holds long leases and must move them when a plugin is replaced. */
    interface Listener {

        /** Live models that need this plugin version now, for example {@code rakuten_classifier 3}. */
        List<String> modelsOn(String pluginId, String version);

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
