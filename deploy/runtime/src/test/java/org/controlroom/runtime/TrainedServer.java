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
 * The first run of the distribution, made once for all tests of a build: what it printed, the data folder it left, and one
 * server for each test JVM, on a copy of it, for the tests that only ask.
 */
final class TrainedServer {
    /** Enough for a model that is good enough for production, few enough for a quick training. */
    static final int SAMPLE_ROWS = 3_000;

    private static final Path FOLDER = Path.of(Objects.requireNonNull(
                    System.getProperty("controlroom.test.target"), "run by failsafe, which names the folder"))
            .resolve("end-to-end");
    private static final Path TRAINED = FOLDER.resolve("trained");
    /** What the start of {@link #TRAINED} printed, after a line that says in which build. */
    private static final Path PRINTED = FOLDER.resolve("trained.txt");

    private static final String BUILD = Objects.requireNonNull(
                    System.getProperty("controlroom.test.build"), "run by failsafe, which names the build")
            + "\n";
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

    /**
     * What the very first start printed: generate, load, train, predict. The server is stopped again. One test JVM starts it
     * for all of this build, after it has made the start-up cache that all further starts go through, as make run does.
     */
    static synchronized Distribution.Outcome firstRun() {
        Distribution.Outcome made = firstRun;
        if (made == null) {
            try (FileChannel lock = open(FOLDER.resolve("trained.lock"));
                    FileLock held = lock.lock()) {
                String output = held.isValid() && Files.exists(PRINTED) ? Files.readString(PRINTED) : "";
                if (!output.startsWith(BUILD)) {
                    output = BUILD + train();
                    Files.writeString(PRINTED, output);
                }
                made = new Distribution.Outcome(0, output.substring(BUILD.length()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            firstRun = made;
        }
        return made;
    }

    private static String train() throws IOException {
        delete(TRAINED);
        Distribution server = new Distribution(TRAINED).asForUsers().with("SAMPLE_ROWS", String.valueOf(SAMPLE_ROWS));
        Distribution.Outcome prepared = server.command("prepare");
        if (prepared.exitCode() != 0) {
            throw new AssertionError("control-room prepare: " + prepared.output());
        }
        Distribution.Outcome made = server.start();
        server.stop();
        return made.output();
    }

    /** A server of the test's own on a copy of the trained data folder, not started yet. */
    static Distribution copy(String name) {
        firstRun();
        Path target = folder(name);
        try {
            copy(TRAINED, target);
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
