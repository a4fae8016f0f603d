package org.controlroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The data folder of one server, and the mark that says which process uses it. */
final class StateFolder {
    /** The start time of a process is read from the kernel in ticks; two readings may differ by one. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final Path folder;

    StateFolder(Path folder) {
        this.folder = folder;
    }

    /** A server that was started, and where it listens. */
    record Running(ProcessHandle process, int port, String address) {
        Api api() {
            return new Api(address, port);
        }
    }

    Path folder() {
        return folder;
    }

    Path sample() {
        return folder.resolve("sample");
    }

    Path serverRoot() {
        return folder.resolve("server");
    }

    Path serverLog() {
        return folder.resolve("log").resolve("server.0.log");
    }

    /** What the JVM itself says, for example that it ran out of memory. */
    Path consoleLog() {
        return folder.resolve("log").resolve("console.log");
    }

    /** Which catalogue the first model was trained on. */
    Path loadedData() {
        return folder.resolve("loaded-data.properties");
    }

    private Path mark() {
        return folder.resolve("server.pid");
    }

    /** @throws LaunchException if the folder cannot be made or written */
    void prepare() {
        try {
            Files.createDirectories(folder.resolve("log"));
            Path probe = Files.createTempFile(folder, ".write", ".probe");
            Files.delete(probe);
        } catch (IOException e) {
            throw new LaunchException(
                    "the data folder " + folder + " cannot be written (" + Problems.describe(e) + ")",
                    "Make it writable, free some space, or choose another: make run STATE=/path/to/folder");
        }
    }

    boolean exists() {
        return Files.exists(folder);
    }

    /** Takes the folder away again, with all in it. */
    void remove() {
        try {
            ServerRoot.delete(folder);
        } catch (IOException e) {
            // what is left hurts nobody, and the reason why the start was refused is the one to tell
        }
    }

    /**
     * Held while a server is being started, so that two launchers cannot both find the folder free.
     *
     * @throws LaunchException if another launcher holds it
     */
    FileLock lock() {
        try {
            @SuppressWarnings("resource") // closed with the lock, by whoever starts the server
            FileChannel channel = FileChannel.open(
                    folder.resolve(".starting.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new LaunchException(
                        "another server is being started on the data folder " + folder,
                        "Wait for it, or choose another folder: make run STATE=/path/to/folder PORT=8001");
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether a server holds its lock on the folder. It does so as long as it lives, also when it was started by other
     * means than a launcher, and nothing of a running server's may be touched.
     */
    boolean isLockedByServer() {
        Path file = folder.resolve("controlroom.lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that uses this folder now; empty if none does, or if the one that did was killed. */
    Optional<Running> running() {
        String[] parts;
        try {
            parts = Files.readString(mark()).strip().split(" ");
        } catch (IOException e) {
            return Optional.empty();
        }
        if (parts.length < 3) {
            return Optional.empty();
        }
        // a server of an earlier version wrote no address
        String address = parts.length > 3 ? parts[3] : "";
        Instant started = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        int port = Integer.parseInt(parts[2]);
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(process -> isSame(process, started))
                .map(process -> new Running(process, port, address));
    }

    /** A process id may be given to another program; the start time tells them apart. */
    private static boolean isSame(ProcessHandle process, Instant started) {
        Instant actual = process.info().startInstant().orElse(Instant.EPOCH);
        return process.isAlive()
                && !hasEnded(process.pid())
                && Duration.between(started, actual).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }

    /** A process that has ended stays in the table, as alive for Java, until its parent asks; some never do. */
    private static boolean hasEnded(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), StandardCharsets.ISO_8859_1);
            // the name before it is in brackets and may have any character
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // no such table here, or gone by now, which isAlive tells
        }
    }

    void mark(ProcessHandle process, int port, String address) throws IOException {
        long started = process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        Path written = Files.writeString(
                folder.resolve("server.pid.part"), process.pid() + " " + started + " " + port + " " + address + "\n");
        Files.move(written, mark(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    void unmark() throws IOException {
        Files.deleteIfExists(mark());
    }
}
