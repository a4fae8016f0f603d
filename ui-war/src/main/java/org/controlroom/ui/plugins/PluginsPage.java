package org.controlroom.ui.plugins;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PluginChange;
import org.controlroom.ui.client.PluginVersion;
import org.controlroom.ui.client.PluginsClient;
import org.controlroom.ui.frame.Frame;
import org.jspecify.annotations.Nullable;

/** All installed plugins, and the last changes. Filter, order and page are those of the address. */
@Named("pluginsPage")
@RequestScoped
public class PluginsPage {

    private static final int ROWS = 50;
    private static final int CHANGES = 8;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PluginsClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private PluginsClient.@Nullable Page<PluginVersion> page;
    private @Nullable List<PluginChange> changes;
    private @Nullable ApiProblem problem;

    private PluginsClient.Page<PluginVersion> page() {
        PluginsClient.Page<PluginVersion> known = page;
        if (known == null) {
            try {
                known = client.plugins(
                        frame.getLocale().getLanguage(),
                        frame.parameter("kind"),
                        frame.parameter("status"),
                        frame.parameter("sort"),
                        frame.parameter("cursor"),
                        ROWS);
            } catch (ApiProblem e) {
                problem = e;
                known = new PluginsClient.Page<>(List.of(), null);
            }
            page = known;
        }
        return known;
    }

    public List<PluginVersion> getPlugins() {
        return page().items();
    }

    public @Nullable String getNext() {
        return page().next();
    }

    public @Nullable ApiProblem getProblem() {
        page();
        return problem;
    }

    public boolean isFiltered() {
        return !frame.parameter("kind").isEmpty() || !frame.parameter("status").isEmpty();
    }

    public List<PluginChange> getChanges() {
        List<PluginChange> known = changes;
        if (known == null) {
            try {
                known = client.changes("", CHANGES);
            } catch (ApiProblem e) {
                known = List.of(); // the list above says what is wrong
            }
            changes = known;
        }
        return known;
    }
}
