package org.controlroom.core.artifact;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What a model is made of and where it comes from; {@code manifest.json} in the artifact.
 *
 * @param formatVersion version of the artifact format, see {@link ModelFolder#FORMAT_VERSION}
 * @param extractor plugin that reads {@code extractor.bin}; null in a model whose classifier takes text
 * @param classifier plugin that reads {@code classifier.bin}
 * @param schema schema of the extractor's vectors; {@link #NO_VECTORS} without one
 * @param labels codes that the model knows
 * @param provenance where it comes from: {@code dataset_hash}, {@code seed}, {@code code_version} and more, by key
 * @param figures hold-out figures, by metric key
 * @param files lower-case hex SHA-256 of every other file of the folder, by file name
 */
public record Manifest(
        int formatVersion,
        @Nullable PluginUse extractor,
        PluginUse classifier,
        FeatureSchema schema,
        Labels labels,
        SortedMap<String, String> provenance,
        SortedMap<String, Double> figures,
        SortedMap<String, String> files) {

    /** The schema of a model without extractor. */
    public static final FeatureSchema NO_VECTORS = new FeatureSchema(0, "0".repeat(64));

    public Manifest {
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** The plugins that the model needs, extractor first. */
    public List<PluginUse> plugins() {
        return extractor == null ? List.of(classifier) : List.of(extractor, classifier);
    }
}
