package org.controlroom.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything a server must not lose, locked for one process. The lock belongs to the process, so a
 * killed one leaves no lock behind.
 */
public final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "controlroom.lock";

    private final Path root;
    private final FileChannel lockChannel;

    private DataFolder(Path root, FileChannel lockChannel) {
        this.root = root;
        this.lockChannel = lockChannel;
    }

    /**
     * Makes the folder and its sub-folders where they are missing, tries to write, and locks it until {@link #close()}.
     *
     * @throws ControlRoomException STORAGE_FAILED when it cannot be written, CONFLICT when another process uses it
     */
    public static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            FileChannel channel = lock(root);
            DataFolder opened = new DataFolder(root, channel);
            try {
                for (Path each : new Path[] {
                    opened.databaseFolder(), opened.registry(), opened.monitoring(), opened.plugins(), opened.work()
                }) {
                    Files.createDirectories(each);
                    Files.delete(Files.write(each.resolve(".write-test"), new byte[1]));
                }
                return opened;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    "data folder " + root + " cannot be written (" + e + "); make it writable, free space, or set"
                            + " controlroom.data.dir to another folder",
                    e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve(LOCK_FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            String pid = Files.readString(file).strip();
            channel.close();
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    "data folder " + root + " is used by process " + (pid.isEmpty() ? "(unknown)" : pid)
                            + "; stop it, or set controlroom.data.dir to another folder");
        }
        channel.truncate(0);
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path root() {
        return root;
    }

    /** Where the default database keeps its files. */
    public Path databaseFolder() {
        return root.resolve("database");
    }

    /**
     * Address of the default database. A commit is handed to the operating system before it is confirmed
     * ({@code WRITE_DELAY=0}), so a kill of the process loses nothing that was confirmed.
     */
    public String databaseUrl() {
        return h2Url(databaseFolder().resolve("controlroom"));
    }

    /** Address of an H2 file with the settings that {@link #databaseUrl()} describes; without {@code .mv.db}. */
    public static String h2Url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1"
                + ";CACHE_SIZE=32768;LOCK_TIMEOUT=10000";
    }

    /** Where the embedded registry keeps artifacts. */
    public Path registry() {
        return root.resolve("registry");
    }

    /** Where the prediction log is. */
    public Path monitoring() {
        return root.resolve("monitoring");
    }

    /** Where installed plugins are kept. */
    public Path plugins() {
        return root.resolve("plugins");
    }

    /** Where pipelines keep what they need between steps. */
    public Path work() {
        return root.resolve("work");
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED, "data folder " + root + ": cannot give back its lock (" + e + ")", e);
        }
    }
}
