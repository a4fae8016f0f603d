package org.controlroom.ui.training;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.client.Plugin;
import org.controlroom.ui.client.Setting;
import org.controlroom.ui.client.StartForm;
import org.controlroom.ui.client.TrainingClient;
import org.controlroom.ui.client.VersionClient;
import org.controlroom.ui.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The form that starts a training: drawn from the presets and from the chosen plugins' own settings. Which preset and
 * plugins are chosen stands in the address; what is typed is sent only when the training is started.
 */
@Named("trainingStart")
@RequestScoped
public class TrainingStartPage {

    static final String PAGE = "training-start";

    /** In front of the names of all fields, so that no setting's key is mistaken for a field of the page itself. */
    private static final String FIELD = "set.";

    private static final int MAX_BOUND = 15;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    TrainingClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    VersionClient datasets;

    private StartForm form = new StartForm(List.of(), List.of());
    private List<Plugin> plugins = List.of();
    private final Map<String, Map<String, String>> configured = new LinkedHashMap<>();
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem startProblem;
    private @Nullable ApiProblem datasetProblem;
    private String dataset = "";
    private boolean asked;

    /**
     * One field.
     *
     * @param field name of the field
     * @param key of the parameter
     * @param value that it holds
     * @param changed whether that is not the default
     * @param error what is wrong with it; empty when nothing is
     */
    public record Field(String field, String key, Setting setting, String value, boolean changed, String error) {

        /** {@code select}, {@code password}, {@code decimal} or {@code text}. */
        public String kind() {
            if (!setting.options().isEmpty() || setting.type().equals("Boolean")) {
                return "select";
            }
            return switch (setting.type()) {
                case "Password" -> "password";
                case "Integer", "Long", "Float", "Double" -> "decimal";
                default -> "text";
            };
        }

        public List<String> options() {
            return setting.options().isEmpty() ? List.of("true", "false") : setting.options();
        }

        /** Allowed values in words; empty when any is. */
        public String range() {
            boolean unbounded = setting.min() == null && setting.max() == null;
            // the limits of a 64-bit number say nothing to anybody
            if (unbounded || (setting.max() != null && setting.max().length() > MAX_BOUND)) {
                return "";
            }
            return (setting.min() == null ? "" : setting.min()) + " … " + (setting.max() == null ? "" : setting.max());
        }
    }

    /** Fields that belong together. */
    public record Section(String id, String title, String help, List<Field> fields) {}

    @PostConstruct
    public void open() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            String language = frame.getLocale().getLanguage();
            form = client.form(language);
            plugins = client.plugins(language);
            for (String plugin : List.of(getExtractor(), getClassifier())) {
                if (!plugin.isEmpty()) {
                    configured.put(plugin, client.settings(plugin));
                }
            }
        } catch (ApiProblem e) {
            problem = e;
        }
        String named = web.raw("dataset");
        if (problem == null && !named.isBlank()) {
            try {
                dataset = datasets.version(named.strip()).id();
            } catch (ApiProblem e) {
                datasetProblem = e;
            }
        }
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    /** Mistakes that belong to no field that is shown, or a refusal as a whole. */
    public @Nullable ApiProblem getStartProblem() {
        return startProblem;
    }

    /** Why there is no dataset version of the address; null when there is, or the address names none. */
    public @Nullable ApiProblem getDatasetProblem() {
        return datasetProblem;
    }

    /** What the address names and the form cannot have, in sentences. */
    public List<String> getUnknown() {
        List<String> unknown = new ArrayList<>();
        note(unknown, "preset", getPreset());
        note(unknown, "extractor", getExtractor());
        note(unknown, "classifier", getClassifier());
        return unknown;
    }

    private void note(List<String> unknown, String field, String taken) {
        String named = web.raw(field);
        if (!named.isBlank() && !named.equals(taken)) {
            unknown.add(web.text("start.unknown." + field, named, taken));
        }
    }

    public List<StartForm.Preset> getPresets() {
        return form.presets();
    }

    public String getPreset() {
        String asking = web.raw("preset");
        return form.presets().stream().anyMatch(preset -> preset.name().equals(asking)) ? asking : "default";
    }

    private Map<String, String> presetParameters() {
        return form.presets().stream()
                .filter(preset -> preset.name().equals(getPreset()))
                .map(StartForm.Preset::parameters)
                .findFirst()
                .orElse(Map.of());
    }

    /** Ids of the plugins of a kind that are usable. */
    public List<String> plugins(String kind) {
        TreeSet<String> ids = new TreeSet<>();
        plugins.stream()
                .filter(plugin -> plugin.kind().equals(kind) && plugin.status().equals("active"))
                .forEach(plugin -> ids.add(plugin.id()));
        return List.copyOf(ids);
    }

    /** Id of the dataset version that the reader came from; empty when there is none. */
    public String getDataset() {
        return dataset;
    }

    public String getExtractor() {
        return plugin("extractor");
    }

    public String getClassifier() {
        return plugin("classifier");
    }

    /** The one that was chosen, else the preset's, else the first. */
    private String plugin(String kind) {
        List<String> usable = plugins(kind);
        String chosen = web.raw(kind);
        if (usable.contains(chosen)) {
            return chosen;
        }
        String ofPreset = presetParameters().getOrDefault(kind, "");
        return usable.contains(ofPreset) || usable.isEmpty() ? ofPreset : usable.get(0);
    }

    public List<Section> getSections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "own",
                web.text("start.own"),
                "",
                form.settings().stream()
                        .map(setting -> field(
                                "",
                                translated(setting),
                                setting.key().equals("dataset") && !getDataset().isEmpty()
                                        ? getDataset()
                                        : setting.defaultValue()))
                        .toList()));
        addPlugin(sections, "extractor", getExtractor());
        addPlugin(sections, "classifier", getClassifier());
        return sections;
    }

    /** The training's own settings are ours, so they have texts in the reader's language. */
    private Setting translated(Setting setting) {
        return new Setting(
                setting.key(),
                web.textOr("setting." + setting.key(), setting.name()),
                web.textOr("setting." + setting.key() + ".help", setting.help()),
                setting.type(),
                setting.defaultValue(),
                setting.min(),
                setting.max(),
                setting.options());
    }

    private void addPlugin(List<Section> sections, String kind, String id) {
        Map<String, String> values = configured.getOrDefault(id, Map.of());
        boolean ofPreset = id.equals(presetParameters().get(kind));
        plugins.stream()
                .filter(plugin -> plugin.id().equals(id) && plugin.status().equals("active"))
                .findFirst()
                .ifPresent(plugin -> sections.add(new Section(
                        kind,
                        web.text("start." + kind) + ": " + (plugin.name().isEmpty() ? id : plugin.name()),
                        plugin.help(),
                        plugin.settings().stream()
                                .map(setting -> {
                                    String otherwise = values.getOrDefault(
                                            setting.key(),
                                            setting.defaultValue() == null ? "" : setting.defaultValue());
                                    String preset = presetParameters().get(kind + "." + setting.key());
                                    return field(kind + ".", setting, ofPreset && preset != null ? preset : otherwise);
                                })
                                .toList())));
    }

    private Field field(String prefix, Setting setting, @Nullable String initial) {
        String key = prefix + setting.key();
        String first = initial == null ? "" : initial;
        String value = web.has(FIELD + key) ? web.raw(FIELD + key) : first;
        return new Field(FIELD + key, key, setting, value, !same(value, setting.defaultValue()), errorOf(key));
    }

    /** Whether two values mean the same: as numbers when both are. */
    static boolean same(String value, @Nullable String other) {
        try {
            return other != null && new BigDecimal(value).compareTo(new BigDecimal(other)) == 0;
        } catch (NumberFormatException e) {
            return value.equals(other);
        }
    }

    private String errorOf(String key) {
        ApiProblem refused = startProblem;
        return refused == null
                ? ""
                : refused.errors().stream()
                        .filter(error -> error.field().equals(key))
                        .map(frame::message)
                        .findFirst()
                        .orElse("");
    }

    /** How many mistakes stand beside their fields. */
    public long getMistakes() {
        return getSections().stream()
                .flatMap(section -> section.fields().stream())
                .filter(field -> !field.error().isEmpty())
                .count();
    }

    /** Whether every mistake stands beside its field, so that nothing is left to say above them. */
    public boolean isAllBeside() {
        return startProblem != null
                && !startProblem.errors().isEmpty()
                && getMistakes() == startProblem.errors().size();
    }

    /** Starts the run and goes to its page; mistakes come back to this form. */
    public void start() {
        open();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("preset", getPreset());
        parameters.put("extractor", getExtractor());
        parameters.put("classifier", getClassifier());
        for (Section section : getSections()) {
            section.fields().forEach(field -> parameters.put(field.key(), field.value()));
        }
        try {
            PipelineRun run = client.start(parameters);
            web.redirect(TrainingPipelinePage.link(run.pipeline(), run.id()));
        } catch (ApiProblem e) {
            startProblem = e;
        }
    }
}
