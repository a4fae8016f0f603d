package org.controlroom.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.controlroom.sample.SampleCatalogue;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for: flags first, then environment variables of the same meaning, then defaults.
 *
 * @param home the distribution's folder
 * @param state the data folder of this server; absolute
 * @param data folder with the challenge's files; null means the configured folder, or else a generated sample
 * @param config properties file with {@code controlroom.*} keys; null means the defaults alone
 * @param preset of the training; one of the names that the train-model pipeline knows
 * @param follow whether {@code logs} goes on printing
 * @param withoutModel whether {@code run} and {@code start} leave it at the server, with whatever model it has or none
 */
record Options(
        Path home,
        int port,
        Path state,
        @Nullable Path data,
        @Nullable Path config,
        int sampleRows,
        String preset,
        boolean follow,
        boolean withoutModel) {

    private static final Set<String> WITH_VALUE =
            Set.of("--home", "--port", "--state", "--data", "--config", "--sample-rows", "--preset");

    /** @throws LaunchException naming the flag or variable that cannot be used */
    static Options parse(String[] args, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        boolean follow = false;
        boolean withoutModel = false;
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(args));
        while (!rest.isEmpty()) {
            String flag = rest.removeFirst();
            if (flag.equals("--follow")) {
                follow = true;
            } else if (flag.equals("--without-model")) {
                withoutModel = true;
            } else if (!WITH_VALUE.contains(flag)) {
                throw new LaunchException("unknown option " + flag, "control-room help lists the options.");
            } else if (rest.isEmpty()) {
                throw new LaunchException(flag + " has no value", "control-room help lists the options.");
            } else {
                given.put(flag, rest.removeFirst());
            }
        }
        String data = value(given, environment, "--data", "DATA", "");
        String config = value(given, environment, "--config", "CONFIG", "");
        return new Options(
                Path.of(value(given, environment, "--home", "CONTROLROOM_HOME", "."))
                        .toAbsolutePath()
                        .normalize(),
                number("PORT", value(given, environment, "--port", "PORT", "8000"), 1, 65_535),
                Path.of(value(given, environment, "--state", "STATE", "state"))
                        .toAbsolutePath()
                        .normalize(),
                data.isEmpty() ? null : Path.of(data).toAbsolutePath().normalize(),
                config.isEmpty() ? null : Path.of(config).toAbsolutePath().normalize(),
                number(
                        "SAMPLE_ROWS",
                        value(
                                given,
                                environment,
                                "--sample-rows",
                                "SAMPLE_ROWS",
                                String.valueOf(SampleCatalogue.DEFAULT_ROWS)),
                        200,
                        10_000_000),
                value(given, environment, "--preset", "PRESET", "default"),
                follow,
                withoutModel);
    }

    private static String value(
            Map<String, String> given, Map<String, String> environment, String flag, String variable, String fallback) {
        String found = given.getOrDefault(flag, environment.getOrDefault(variable, ""));
        return found.isBlank() ? fallback : found.strip();
    }

    private static int number(String name, String value, int min, int max) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, with the range
        }
        throw new LaunchException(
                name + "=" + value + "; must be a number from " + min + " to " + max, "Give another " + name + ".");
    }
}
