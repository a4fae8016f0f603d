package org.controlroom.core.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** Named sets of training parameters that come with the platform, as property files beside this class. */
public final class Presets {

    /** No preset: extractor and classifier must be named, and their own defaults hold. */
    public static final String NONE = "none";

    /** All that can be asked for. */
    public static final List<String> NAMES = List.of("best", "default", NONE, "original");

    private Presets() {}

    /** Parameters of the preset, for example {@code extractor} and {@code extractor.maxFeatures}; empty when unknown. */
    public static Optional<SortedMap<String, String>> find(String name) {
        if (name.equals(NONE)) {
            return Optional.of(new TreeMap<>());
        }
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = Presets.class.getResourceAsStream("presets/" + name + ".properties")) {
            if (in == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            SortedMap<String, String> parameters = new TreeMap<>();
            properties.stringPropertyNames().forEach(key -> parameters.put(key, properties.getProperty(key)));
            return Optional.of(parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("preset " + name + " cannot be read", e);
        }
    }
}
