package org.controlroom.api.control;

import java.util.List;
import java.util.Locale;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.model.Stage;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.spi.SettingsSchema;
import org.jspecify.annotations.Nullable;

/**
 * One installed plugin version, and who needs it. The components are those of {@link PluginState}.
 *
 * @param neededBy registered model versions that this plugin version can load; null when the registry does not answer
 */
public record PluginView(
        String id,
        String kind,
        String bundle,
        String version,
        PluginState.Status status,
        String reason,
        SettingsSchema settings,
        List<String> usedBy,
        @Nullable List<NeededBy> neededBy,
        String sha256,
        boolean bundled,
        long leases,
        long calls,
        long errors) {

    /**
     * @param needs of all registered versions; null when they are not known
     * @param languages for the texts of the settings, most wanted first
     */
    static PluginView of(PluginState state, @Nullable List<ModelNeeds.Need> needs, List<Locale> languages) {
        return new PluginView(
                state.id(),
                state.kind(),
                state.bundle(),
                state.version(),
                state.status(),
                state.reason(),
                state.texts().in(languages, state.settings()),
                state.usedBy(),
                needs == null
                        ? null
                        : NeededBy.of(needs, state.id(), state.version()).stream()
                                .filter(NeededBy::accepts)
                                .toList(),
                state.sha256(),
                state.bundled(),
                state.leases(),
                state.calls(),
                state.errors());
    }

    /**
     * A registered model version that needs the plugin.
     *
     * @param model registered model
     * @param version of the model
     * @param range versions of the plugin that can load it, OSGi syntax
     * @param accepts whether the plugin version in question is among them
     */
    public record NeededBy(String model, String version, Stage stage, String range, boolean accepts) {

        static List<NeededBy> of(List<ModelNeeds.Need> needs, String plugin, String pluginVersion) {
            return needs.stream()
                    .filter(need -> need.plugin().id().equals(plugin))
                    .map(need -> new NeededBy(
                            need.model(),
                            need.version(),
                            need.stage(),
                            need.plugin().range(),
                            need.plugin().accepts(pluginVersion)))
                    .toList();
        }
    }
}
