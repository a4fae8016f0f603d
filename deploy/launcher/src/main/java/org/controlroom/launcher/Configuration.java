package org.controlroom.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.controlroom.configuration.KnownKeys;

/**
 * The {@code controlroom.*} keys for the server: the distribution's defaults, then the user's file.
 * They reach the server as system properties, which would win over the environment; a key that the environment sets is
 * therefore left out, because the environment comes first. {@code ${state}} in a value is the data folder.
 */
final class Configuration {
    private static final String DATABASE = KnownKeys.PREFIX + "db.";

    private final Map<String, String> values;
    private final Map<String, String> environment;

    private Configuration(Map<String, String> values, Map<String, String> environment) {
        this.values = values;
        this.environment = environment;
    }

    /** @throws LaunchException if a file cannot be read, or it or the environment has a key that is none of ours */
    static Configuration read(Options options, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        add(options.home().resolve("conf").resolve("control-room.properties"), options.state(), values);
        Path own = options.config();
        if (own != null) {
            add(own, options.state(), values);
        }
        requireKnown("the environment", KnownKeys.unknownVariables(environment.keySet()));
        return new Configuration(values, environment);
    }

    /** The same with the default database, for a server that must not touch the one in use. */
    Configuration withDefaultDatabase() {
        Map<String, String> kept = new TreeMap<>(values);
        kept.keySet().removeIf(key -> key.startsWith(DATABASE));
        Map<String, String> environmentKept = new TreeMap<>(environment);
        environmentKept.keySet().removeIf(Configuration::isOfDatabase);
        return new Configuration(kept, environmentKept);
    }

    /** Whether an environment variable is one of the database. */
    static boolean isOfDatabase(String variable) {
        return variable.startsWith(KnownKeys.variable(DATABASE));
    }

    private static void add(Path file, Path state, Map<String, String> values) {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            read.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(
                    "the configuration " + file + " cannot be read (" + Problems.describe(e) + ")",
                    "CONFIG is a properties file: lines of the form controlroom.KEY=VALUE, in UTF-8.");
        }
        List<String> foreign = read.stringPropertyNames().stream()
                .filter(key -> !key.startsWith(KnownKeys.PREFIX))
                .sorted()
                .toList();
        if (!foreign.isEmpty()) {
            throw new LaunchException(
                    "the configuration " + file + " has keys that do not start with " + KnownKeys.PREFIX + ": "
                            + foreign,
                    "CONFIG takes the keys of this product; those of others stand in files of their own.");
        }
        requireKnown("the configuration " + file, KnownKeys.unknownKeys(read.stringPropertyNames()));
        for (String key : read.stringPropertyNames()) {
            values.put(key, read.getProperty(key).replace("${state}", state.toString()));
        }
    }

    private static void requireKnown(String source, List<KnownKeys.Unknown> unknown) {
        if (!unknown.isEmpty()) {
            throw new LaunchException(
                    source + " has what is no key: "
                            + unknown.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    "Keys beside "
                            + (unknown.size() == 1 ? "it: " : "them: ")
                            + unknown.stream()
                                    .flatMap(each -> KnownKeys.beside(each.nearest()).stream())
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** The value that counts: environment, then the user's file, then the distribution's default. */
    String get(String key) {
        String value = environment.getOrDefault(KnownKeys.variable(key), values.getOrDefault(key, ""));
        return value.strip();
    }

    /** @throws LaunchException if the value is no number in the range */
    int number(String key, int min, int max) {
        String value = get(key);
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw new LaunchException(
                key + "=" + value + "; must be a number from " + min + " to " + max,
                "Change it in the file that CONFIG names, or in the environment variable " + KnownKeys.variable(key)
                        + ".");
    }

    /** What goes to the server as system properties, besides what the launcher itself decides. */
    Map<String, String> forServer() {
        Map<String, String> passed = new TreeMap<>(values);
        passed.keySet().removeIf(key -> environment.containsKey(KnownKeys.variable(key)));
        return passed;
    }
}
