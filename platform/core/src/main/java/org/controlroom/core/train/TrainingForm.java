package org.controlroom.core.train;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.SettingsTexts;
import org.controlroom.spi.Setting;
import org.controlroom.spi.SettingsSchema;

/**
 * What a training can be started with, besides the settings of the plugins that it uses.
 *
 * @param settings of the training itself, with defaults and ranges
 * @param presets named sets of parameters, the default first
 */
public record TrainingForm(List<Setting> settings, List<Preset> presets) {

    static final SettingsSchema OWN = new SettingsSchema(
            "Training",
            "",
            List.of(
                    new Setting(
                            "seed",
                            "Seed",
                            "The only source of randomness: the same data, settings and seed give the same model.",
                            "Long",
                            false,
                            "42",
                            Long.toString(Long.MIN_VALUE),
                            Long.toString(Long.MAX_VALUE),
                            List.of()),
                    new Setting(
                            TrainingParameters.DATASET,
                            "Data",
                            "catalogue: all labelled products; or the id of a dataset version (Dataset > Versions), with"
                                    + " its own split and balancing.",
                            "String",
                            false,
                            TrainingParameters.CATALOGUE,
                            null,
                            null,
                            List.of()),
                    new Setting(
                            "testFraction",
                            "Hold-out share",
                            "Share of each class's products that is held out to measure the model; a dataset version has"
                                    + " its own.",
                            "Double",
                            false,
                            "0.2",
                            "0.01",
                            "0.9",
                            List.of()),
                    new Setting(
                            "calibrationFraction",
                            "Calibration share",
                            "Share of each class's training products on which the probabilities are calibrated.",
                            "Double",
                            false,
                            "0.1",
                            "0.01",
                            "0.5",
                            List.of()),
                    new Setting(
                            "promote",
                            "Promotion",
                            "auto: the model goes into production when it is good enough and better than the live one;"
                                    + " never: it is registered only.",
                            "String",
                            false,
                            TrainingParameters.AUTO,
                            null,
                            null,
                            List.of(TrainingParameters.AUTO, TrainingParameters.NEVER))));

    private static final SettingsTexts TEXTS = new SettingsTexts(Map.of(
            "fr",
            Map.ofEntries(
                    Map.entry("name", "Entraînement"),
                    Map.entry("seed.name", "Graine"),
                    Map.entry(
                            "seed.help",
                            "Seule source de hasard : mêmes données, mêmes réglages et même graine donnent le même"
                                    + " modèle."),
                    Map.entry("dataset.name", "Données"),
                    Map.entry(
                            "dataset.help",
                            "catalogue : tous les produits étiquetés ; ou l'identifiant d'une version de jeu de données"
                                    + " (Jeu de données > Versions), avec sa propre répartition et son équilibrage."),
                    Map.entry("testFraction.name", "Part réservée"),
                    Map.entry(
                            "testFraction.help",
                            "Part des produits de chaque classe mise de côté pour mesurer le modèle ; une version de jeu de"
                                    + " données a la sienne."),
                    Map.entry("calibrationFraction.name", "Part de calibration"),
                    Map.entry(
                            "calibrationFraction.help",
                            "Part des produits d'entraînement de chaque classe sur laquelle les probabilités sont"
                                    + " calibrées."),
                    Map.entry("promote.name", "Promotion"),
                    Map.entry(
                            "promote.help",
                            "auto : le modèle passe en production s'il est assez bon et meilleur que celui en service ;"
                                    + " never : il est seulement enregistré."))));

    /** The presets that there are, in the order in which a form offers them. */
    private static final List<String> ORDER = List.of("default", "best", "original", Presets.NONE);

    public TrainingForm {
        settings = List.copyOf(settings);
        presets = List.copyOf(presets);
    }

    /** @param languages for the texts of the settings, most wanted first */
    public static TrainingForm of(List<Locale> languages) {
        return new TrainingForm(
                TEXTS.in(languages, OWN).settings(),
                ORDER.stream()
                        .map(name -> new Preset(name, Presets.find(name).orElseGet(TreeMap::new)))
                        .toList());
    }

    /** @param parameters that differ from the plugins' own defaults, by key; empty for {@code none} */
    public record Preset(String name, SortedMap<String, String> parameters) {}
}
