package org.controlroom.core.promote;

import java.util.List;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.predict.LiveModels;

/** Moves the live model from one plugin version to the next without a failed call. */
public final class LiveModelPlugins implements Plugins.Listener {

    private final LiveModels live;
    private final ActivateModel activation;

    public LiveModelPlugins(LiveModels live, ActivateModel activation) {
        this.live = live;
        this.activation = activation;
    }

    @Override
    public List<String> modelsOn(String pluginId, String version) {
        return live.live()
                .filter(now -> now.model().uses(pluginId, version))
                .map(now -> List.of(now.version().name() + " " + now.version().version()))
                .orElse(List.of());
    }

    @Override
    public void replaced(String pluginId, String oldVersion, String newVersion) {
        activation.moveToPlugin(pluginId, oldVersion, newVersion);
    }

    @Override
    public void suspend(String pluginId, String version) {
        activation.leavePlugin(pluginId, version);
    }

    @Override
    public void resume(String pluginId) {
        activation.returnFromPlugin();
    }
}
