package org.controlroom.ui.plugins;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PluginCalls;
import org.controlroom.ui.client.PluginChange;
import org.controlroom.ui.client.PluginSetting;
import org.controlroom.ui.client.PluginVersion;
import org.controlroom.ui.client.PluginsClient;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** One plugin: its versions and what can be done with them, its calls, its settings. */
@Named("pluginPage")
@RequestScoped
public class PluginDetailPage {

    /** What the API shows in the place of a secret, and takes as 'as it is'. */
    private static final String MASK = "********";

    private static final String SETTING = "setting_";
    private static final int CHANGES = 5;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PluginsClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    HttpServletRequest request;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private @Nullable List<PluginVersion> versions;
    private @Nullable List<PluginSetting> settings;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;
    private @Nullable ApiProblem settingsProblem;
    private Map<String, String> mistakes = Map.of();

    public String getId() {
        String id = request.getParameter("id");
        return id == null ? "" : id;
    }

    /** {@code saved}, {@code reset}, {@code start}, {@code stop} or {@code remove}: what has just been done. */
    public String getDone() {
        String done = request.getParameter("done");
        return done == null || !done.matches("saved|reset|start|stop|remove") ? "" : done;
    }

    public List<PluginVersion> getVersions() {
        List<PluginVersion> known = versions;
        if (known == null) {
            try {
                // without an id the address is that of the list, which would be taken for this plugin
                known = getId().isEmpty()
                        ? List.of()
                        : client.versions(frame.getLocale().getLanguage(), getId());
            } catch (ApiProblem e) {
                problem = e;
                PageStatus.of(e);
                known = List.of();
            }
            versions = known;
        }
        return known;
    }

    public @Nullable PluginVersion getNewest() {
        return getVersions().isEmpty() ? null : getVersions().get(0);
    }

    public @Nullable ApiProblem getProblem() {
        getVersions();
        return problem;
    }

    /** Why the last action was refused. */
    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public List<PluginsClient.Kept> getKept() {
        try {
            return getVersions().isEmpty() ? List.of() : client.kept(getId());
        } catch (ApiProblem e) {
            return List.of();
        }
    }

    public List<PluginCalls> getCalls() {
        try {
            return getVersions().isEmpty() ? List.of() : client.calls(getId());
        } catch (ApiProblem e) {
            return List.of();
        }
    }

    public List<PluginChange> getChanges() {
        try {
            return getVersions().isEmpty() ? List.of() : client.changes(getId(), CHANGES);
        } catch (ApiProblem e) {
            return List.of();
        }
    }

    public @Nullable String start(String version) {
        return act("start", () -> client.act(getId(), version, "start"));
    }

    public @Nullable String stop(String version) {
        return act("stop", () -> client.act(getId(), version, "stop"));
    }

    public @Nullable String remove(String version) {
        boolean last = getVersions().size() == 1;
        String next = act("remove", () -> client.remove(getId(), version));
        return last && next != null ? "plugins?faces-redirect=true" : next;
    }

    private @Nullable String act(String done, Runnable action) {
        try {
            action.run();
            return here(done);
        } catch (ApiProblem e) {
            actionProblem = e;
            return null;
        }
    }

    /** Puts a kept version back and shows how it goes. */
    public @Nullable String restore(String version) {
        try {
            return changePage(client.restore(getId(), version, "blue_green"));
        } catch (ApiProblem e) {
            actionProblem = e;
            return null;
        }
    }

    static String changePage(PluginChange change) {
        return "plugins-change?faces-redirect=true&id=" + change.id();
    }

    private String here(String done) {
        return "plugins-detail?faces-redirect=true&id=" + getId() + "&done=" + done;
    }

    public List<PluginSetting> getSettings() {
        List<PluginSetting> known = settings;
        if (known == null) {
            try {
                known = getVersions().isEmpty()
                        ? List.of()
                        : client.settings(frame.getLocale().getLanguage(), getId());
            } catch (ApiProblem e) {
                settingsProblem = e;
                known = List.of();
            }
            settings = known;
        }
        return known;
    }

    public boolean isAnyStored() {
        return getSettings().stream().anyMatch(PluginSetting::stored);
    }

    /** Mistakes that belong to no field that is shown. */
    public @Nullable ApiProblem getSettingsProblem() {
        getSettings();
        return settingsProblem;
    }

    /** What is wrong with the field; empty when nothing is. */
    public String mistake(String key) {
        return mistakes.getOrDefault(key, "");
    }

    public int getMistakes() {
        return mistakes.size();
    }

    /** Stores what was typed; what equals its default is not stored, so that it follows a new default. */
    public @Nullable String save() {
        Map<String, String> values = new TreeMap<>();
        List<PluginSetting> typed = getSettings().stream().map(this::typed).toList();
        for (PluginSetting setting : typed) {
            boolean asItWas = setting.secret() && setting.value().isEmpty();
            if (asItWas && setting.stored()) {
                values.put(setting.key(), MASK);
            } else if (!asItWas && !setting.value().equals(setting.defaultValue())) {
                values.put(setting.key(), setting.value());
            }
        }
        return store(values, typed, "saved");
    }

    private PluginSetting typed(PluginSetting setting) {
        String text = request.getParameter(SETTING + setting.key());
        if (setting.control().equals("check")) {
            return setting.with(text == null ? "false" : "true");
        }
        return setting.with(text == null ? "" : setting.secret() ? text : text.strip());
    }

    public @Nullable String reset() {
        return store(Map.of(), getSettings(), "reset");
    }

    private @Nullable String store(Map<String, String> values, List<PluginSetting> typed, String done) {
        try {
            client.configure(getId(), values);
            return here(done);
        } catch (ApiProblem e) {
            settings = typed;
            mistakes = e.errors().stream()
                    .collect(Collectors.toMap(
                            ApiProblem.FieldError::field, frame::message, (first, second) -> first + "; " + second));
            List<String> shown = typed.stream().map(PluginSetting::key).toList();
            if (mistakes.isEmpty() || !shown.containsAll(mistakes.keySet())) {
                settingsProblem = e;
            }
            return null;
        }
    }
}
