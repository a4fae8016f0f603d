package org.controlroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the Java installations of the machine and takes the one that starts the server fastest. */
final class JavaInstallations {
    /** The oldest that can run the server. */
    static final int OLDEST = 17;

    /** The newest that the server was tried on; a newer one is taken only if there is no other. */
    static final int NEWEST_TRIED = 25;

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)(?:\\.(\\d+)\\.(\\d+))?[^\"]*\"");

    private JavaInstallations() {}

    /**
     * One installation.
     *
     * @param version as the installation says it, for example {@code 25.0.3}
     */
    record Java(Path home, int feature, String version) {

        Path program() {
            return home.resolve("bin").resolve("java");
        }
    }

    /**
     * Looks at CONTROLROOM_JAVA_HOME (which is taken as it is), JAVA_HOME, the Java that runs this program and the usual
     * places.
     *
     * @throws LaunchException if there is none that can run the server
     */
    static Java best(Map<String, String> environment) {
        String chosen = environment.getOrDefault("CONTROLROOM_JAVA_HOME", "");
        if (!chosen.isBlank()) {
            return read(Path.of(chosen))
                    .filter(java -> java.feature() >= OLDEST)
                    .orElseThrow(() -> new LaunchException(
                            "CONTROLROOM_JAVA_HOME=" + chosen + " is no Java " + OLDEST + " or newer",
                            "Set it to the folder that holds bin/java and release, or leave it empty."));
        }
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(environment.get("JAVA_HOME"))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .ifPresent(homes::add);
        homes.add(Path.of(System.getProperty("java.home")));
        homes.addAll(children(Path.of("/usr/lib/jvm")));
        homes.addAll(children(Path.of("/opt/java")));
        homes.addAll(children(Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java")));
        return homes.stream()
                .flatMap(home -> read(home).stream())
                .filter(java -> java.feature() >= OLDEST)
                .max(preferred())
                .orElseThrow(() -> new LaunchException(
                        "no Java " + OLDEST + " or newer was found",
                        "Install one: sudo apt-get install -y openjdk-17-jdk-headless"));
    }

    private static Comparator<Java> preferred() {
        return Comparator.<Java, Boolean>comparing(java -> java.feature() <= NEWEST_TRIED)
                .thenComparing(java -> java.feature() <= NEWEST_TRIED ? java.feature() : -java.feature());
    }

    static Optional<Java> read(Path home) {
        try {
            if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
                return Optional.empty();
            }
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            if (!version.find()) {
                return Optional.empty();
            }
            String all = version.group();
            return Optional.of(new Java(
                    home.toRealPath(),
                    Integer.parseInt(version.group(1)),
                    all.substring(all.indexOf('"') + 1, all.length() - 1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
