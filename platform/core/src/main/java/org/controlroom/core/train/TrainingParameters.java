package org.controlroom.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.spi.ChecksSettings;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.controlroom.spi.Setting;
import org.controlroom.spi.Settings;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.WeighsLabels;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/**
 * Complete parameters of one training run.
 *
 * @param dataset {@link #CATALOGUE}, or the id of a dataset version
 * @param preset name of the preset they began with
 * @param seed the only source of randomness
 * @param testFraction share of each label's rows that is held out; a dataset version has its own
 * @param calibrationFraction share of each label's training rows on which scores are calibrated
 * @param extractor plugin id
 * @param extractorSettings complete
 * @param classifier plugin id
 * @param classifierSettings complete
 * @param promote {@code auto} or {@code never}
 */
record TrainingParameters(
        String dataset,
        String preset,
        long seed,
        double testFraction,
        double calibrationFraction,
        String extractor,
        Settings extractorSettings,
        String classifier,
        Settings classifierSettings,
        String promote) {

    static final String DATASET = "dataset";

    /** All labelled products, split by the training itself. */
    static final String CATALOGUE = "catalogue";

    static final String AUTO = "auto";
    static final String NEVER = "never";

    private static final List<String> OWN = List.of(
            "calibrationFraction",
            "classifier",
            "classifier.<setting>",
            DATASET,
            "extractor",
            "extractor.<setting>",
            "preset",
            "promote",
            "seed",
            "testFraction");

    /** Reads parameters that {@link #complete} wrote. */
    static TrainingParameters of(Map<String, String> complete) {
        return new TrainingParameters(
                // of a run from before there was a choice
                complete.getOrDefault(DATASET, CATALOGUE),
                required(complete, "preset"),
                Long.parseLong(required(complete, "seed")),
                Double.parseDouble(required(complete, "testFraction")),
                Double.parseDouble(required(complete, "calibrationFraction")),
                required(complete, "extractor"),
                Settings.of(below("extractor.", complete)),
                required(complete, "classifier"),
                Settings.of(below("classifier.", complete)),
                required(complete, "promote"));
    }

    boolean onCatalogue() {
        return dataset.equals(CATALOGUE);
    }

    /**
     * The same as a dataset version wants it: with its share of test rows, and its class weights by the classifier's own
     * settings.
     *
     * @throws ControlRoomException SETTINGS_INVALID when the classifier cannot weigh labels
     */
    TrainingParameters on(DatasetVersion version, Plugins plugins) {
        return new TrainingParameters(
                dataset,
                preset,
                seed,
                version.testFraction(),
                calibrationFraction,
                extractor,
                extractorSettings,
                classifier,
                version.isWeighted() ? weighing(version, plugins) : classifierSettings,
                promote);
    }

    private Settings weighing(DatasetVersion version, Plugins plugins) {
        try (Lease<ClassifierTrainer> lease = plugins.lease(ClassifierTrainer.class, classifier, "0")) {
            if (lease.service() instanceof WeighsLabels weighs) {
                return weighs.weighingLabels(classifierSettings);
            }
            throw new ControlRoomException(
                    ErrorCode.SETTINGS_INVALID,
                    Reason.of(
                            "weights-impossible",
                            "dataset {0} is balanced by class weights, which {1} cannot apply; choose another classifier, or a dataset that is oversampled",
                            version.id(),
                            classifier));
        }
    }

    private static String required(Map<String, String> parameters, String key) {
        return Objects.requireNonNull(parameters.get(key), key);
    }

    /**
     * Fills in preset and plugin defaults and checks everything, the plugins' own rules included.
     *
     * @throws ControlRoomException SETTINGS_INVALID naming all mistakes
     */
    static SortedMap<String, String> complete(Map<String, String> given, Plugins plugins, ReadDataset datasets) {
        List<Problem> problems = new ArrayList<>();
        String preset = given.getOrDefault("preset", "default");
        SortedMap<String, String> merged = new TreeMap<>(Presets.find(preset).orElseGet(() -> {
            problems.add(new Problem(
                    "preset", Reason.of("preset-unknown", "'{0}' is not one of {1}", preset, Presets.NAMES)));
            return new TreeMap<>();
        }));
        // Settings of the preset belong to its plugins; with another plugin they mean nothing.
        for (String kind : List.of("extractor", "classifier")) {
            String other = given.get(kind);
            if (other != null && !other.equals(merged.get(kind))) {
                merged.keySet().removeIf(key -> key.startsWith(kind + "."));
            }
        }
        merged.putAll(given);
        merged.put("preset", preset);
        for (Setting setting : TrainingForm.OWN.settings()) {
            merged.putIfAbsent(setting.key(), Objects.requireNonNull(setting.defaultValue(), setting.key()));
        }
        checkOwn(merged, problems);
        checkDataset(required(merged, DATASET), datasets, problems);
        completePlugin("extractor", FeatureExtractorFactory.class, merged, plugins, problems);
        completePlugin("classifier", ClassifierTrainer.class, merged, plugins, problems);
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, TrainModelPipeline.NAME, problems);
        }
        return merged;
    }

    private static void checkOwn(Map<String, String> merged, List<Problem> problems) {
        for (String key : merged.keySet()) {
            if (!OWN.contains(key) && !key.startsWith("extractor.") && !key.startsWith("classifier.")) {
                problems.add(
                        new Problem(key, Reason.of("parameter-unknown", "is not a parameter; known are {0}", OWN)));
            }
        }
        SortedMap<String, String> own = new TreeMap<>(merged);
        own.keySet()
                .retainAll(
                        TrainingForm.OWN.settings().stream().map(Setting::key).toList());
        try {
            TrainingForm.OWN.complete(TrainModelPipeline.NAME, own);
        } catch (ControlRoomException e) {
            problems.addAll(e.problems());
        }
    }

    private static void checkDataset(String dataset, ReadDataset datasets, List<Problem> problems) {
        if (!dataset.equals(CATALOGUE) && datasets.find(dataset).isEmpty()) {
            problems.add(new Problem(
                    DATASET,
                    Reason.of(
                            "dataset-choice",
                            "'{0}'; must be '{1}' or the id of a dataset version",
                            dataset,
                            CATALOGUE)));
        }
    }

    private static <T> void completePlugin(
            String kind, Class<T> type, SortedMap<String, String> merged, Plugins plugins, List<Problem> problems) {
        String id = merged.get(kind);
        if (id == null) {
            if (Presets.find(required(merged, "preset")).isEmpty()) {
                return; // a preset that does not exist names no plugin, and was said to be wrong
            }
            problems.add(new Problem(kind, Reason.of("plugin-missing", "is missing; must be the id of a plugin")));
            return;
        }
        String prefix = kind + ".";
        try (Lease<T> lease = plugins.lease(type, id, "0")) {
            Settings settings = plugins.completeSettings(id, below(prefix, merged));
            settings.values().forEach((key, value) -> merged.put(prefix + key, value));
            if (lease.service() instanceof ChecksSettings checks) {
                checks.check(settings).forEach(problem -> problems.add(problem.under(prefix)));
            }
        } catch (ControlRoomException e) {
            if (e.problems().isEmpty()) {
                problems.add(new Problem(kind, String.valueOf(e.getMessage()), e.reason()));
            }
            e.problems().forEach(problem -> problems.add(problem.under(prefix)));
        }
    }

    private static SortedMap<String, String> below(String prefix, Map<String, String> parameters) {
        SortedMap<String, String> below = new TreeMap<>();
        parameters.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                below.put(key.substring(prefix.length()), value);
            }
        });
        return below;
    }

    /** What the registry logs of them. */
    SortedMap<String, String> forRegistry() {
        SortedMap<String, String> texts = new TreeMap<>();
        if (!onCatalogue()) {
            texts.put(RegisterModel.DATASET_VERSION, dataset);
        }
        texts.put("preset", preset);
        texts.put("seed", Long.toString(seed));
        texts.put("test_fraction", Double.toString(testFraction));
        texts.put("calibration_fraction", Double.toString(calibrationFraction));
        texts.put("extractor", extractor);
        texts.put("classifier", classifier);
        extractorSettings.values().forEach((key, value) -> texts.put("extractor." + key, value));
        classifierSettings.values().forEach((key, value) -> texts.put("classifier." + key, value));
        return texts;
    }
}
