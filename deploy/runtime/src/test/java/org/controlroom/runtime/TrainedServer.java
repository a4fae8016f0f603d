package org.controlroom.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first run of the distribution, made once for all tests of one JVM: what it printed, the data folder it left, and one
 * server on it for the tests that only ask. Test JVMs that run side by side share nothing but the distribution.
 */
final class TrainedServer {
    /** Enough for a model that is good enough for production, few enough for a quick training. */
    static final int SAMPLE_ROWS = 3_000;

    private static final Path FOLDER = Path.of(Objects.requireNonNull(
                    System.getProperty("controlroom.test.target"), "run by failsafe, which names the folder"))
            .resolve("end-to-end");
    /** Test JVMs side by side, at most. */
    private static final int MOST_JVMS = 8;
    /** Held until this JVM ends; says that {@link #OURS} is taken. */
    private static @Nullable FileLock ours;
    /** The part of {@link #FOLDER} that is this JVM's. */
    private static final Path OURS = take();

    private static Distribution.@Nullable Outcome firstRun;
    private static @Nullable Distribution shared;

    private TrainedServer() {}

    private static Path take() {
        for (int number = 1; number <= MOST_JVMS; number++) {
            Path folder = FOLDER.resolve("jvm-" + number);
            try {
                Files.createDirectories(folder);
                ours = open(folder.resolve("taken.lock")).tryLock();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (ours != null) {
                return folder;
            }
        }
        throw new IllegalStateException("more than " + MOST_JVMS + " test JVMs below " + FOLDER);
    }

    private static FileChannel open(Path lock) throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** A fresh folder for one test, below target, so that it can be looked at afterwards. */
    static Path folder(String name) {
        Path folder = OURS.resolve(name);
        try {
            delete(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the very first start printed: generate, load, train, predict. The server is stopped again. */
    static synchronized Distribution.Outcome firstRun() {
        Distribution.Outcome made = firstRun;
        if (made == null) {
            Distribution server = new Distribution(folder("trained"))
                    .withBothCompilers()
                    .with("SAMPLE_ROWS", String.valueOf(SAMPLE_ROWS));
            prepare(server);
            made = server.start();
            server.stop();
            firstRun = made;
        }
        return made;
    }

    /** As make run does after a build: every start of these tests goes through the cache, which one JVM makes for all. */
    private static void prepare(Distribution server) {
        try (FileChannel lock = open(FOLDER.resolve("prepare.lock"));
                FileLock held = lock.lock()) {
            Distribution.Outcome prepared = server.command("prepare");
            if (!held.isValid() || prepared.exitCode() != 0) {
                throw new AssertionError("control-room prepare: " + prepared.output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of the test's own on a copy of the trained data folder, not started yet. */
    static Distribution copy(String name) {
        firstRun();
        Path target = folder(name);
        try {
            copy(OURS.resolve("trained"), target);
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
