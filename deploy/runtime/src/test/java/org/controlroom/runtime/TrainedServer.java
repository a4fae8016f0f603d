package org.controlroom.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first run of the distribution, made once for all tests: what it printed, the data folder it left, and one server on
 * it for the tests that only ask.
 */
final class TrainedServer {
    /** Enough for a model that is good enough for production, few enough for a quick training. */
    static final int SAMPLE_ROWS = 3_000;

    private static final Path FOLDER = Path.of(Objects.requireNonNull(
                    System.getProperty("controlroom.test.target"), "run by failsafe, which names the folder"))
            .resolve("end-to-end");

    private static Distribution.@Nullable Outcome firstRun;
    private static @Nullable Distribution shared;

    private TrainedServer() {}

    /** A fresh folder for one test, below target, so that it can be looked at afterwards. */
    static Path folder(String name) {
        Path folder = FOLDER.resolve(name);
        try {
            delete(folder);
            Files.createDirectories(FOLDER);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the very first start printed: generate, load, train, predict. The server is stopped again. */
    static synchronized Distribution.Outcome firstRun() {
        Distribution.Outcome made = firstRun;
        if (made == null) {
            Distribution server = new Distribution(folder("trained")).with("SAMPLE_ROWS", String.valueOf(SAMPLE_ROWS));
            // as make run does after a build; every start of these tests goes through the cache
            Distribution.Outcome prepared = server.command("prepare");
            if (prepared.exitCode() != 0) {
                throw new AssertionError("control-room prepare: " + prepared.output());
            }
            made = server.start();
            server.stop();
            firstRun = made;
        }
        return made;
    }

    /** A server of the test's own on a copy of the trained data folder, not started yet. */
    static Distribution copy(String name) {
        firstRun();
        Path target = folder(name);
        try {
            copy(FOLDER.resolve("trained"), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Distribution(target);
    }

    /** A running server for tests that change nothing that others see. */
    static synchronized Distribution shared() {
        Distribution running = shared;
        if (running == null) {
            Distribution server = copy("shared");
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-shared-server"));
            running = server;
            shared = running;
        }
        return running;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) throws IOException {
                if (dir.equals(from.resolve("server"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(dir).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
