package org.controlroom.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.controlroom.launcher.JavaInstallations.Java;

/**
 * Classes loaded and linked ahead of time: the AOT cache that Java has since 25. Older ones start without.
 * It belongs to exactly one JVM and one place of the server's jars, both part of its name, so it is made on the machine
 * that uses it; without one the server only starts slower.
 */
final class StartupCache {
    private static final int AOT_SINCE = 25;

    private final Path file;

    StartupCache(Path home, Java java) {
        String madeFor = Integer.toHexString(Objects.hash(
                java.home().toString(),
                home.toString(),
                home.resolve("server").resolve(ServerRoot.BOOT_JAR).toFile().length()));
        this.file =
                home.resolve("cache").resolve(String.format(Locale.ROOT, "java-%s-%s.aot", java.version(), madeFor));
    }

    /** Whether this Java can have one. */
    static boolean isFor(Java java) {
        return java.feature() >= AOT_SINCE;
    }

    boolean isMade() {
        return Files.isRegularFile(file);
    }

    /** The flags to start with; none if there is no cache. */
    List<String> flags() {
        return isMade() ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
    }

    List<String> flagsToMake() {
        return List.of("-XX:AOTCacheOutput=" + part());
    }

    /** Where the making JVM writes; a cache that was cut off never gets the final name. */
    private Path part() {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** @throws LaunchException if the JVM wrote none */
    void keep() throws IOException {
        if (!Files.isRegularFile(part())) {
            throw new LaunchException(
                    "the JVM wrote no start-up cache to " + part(),
                    "The server works without, it only starts slower. The log beside it says why.");
        }
        Files.move(part(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what a making JVM has written and nobody kept. */
    void discard() throws IOException {
        Files.deleteIfExists(part());
        Files.deleteIfExists(part().resolveSibling(part().getFileName() + ".config"));
    }

    Path folder() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    Path file() {
        return file;
    }
}
