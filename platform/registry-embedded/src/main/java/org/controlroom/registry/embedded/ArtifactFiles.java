package org.controlroom.registry.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.controlroom.core.model.RegistryNames;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Artifact files on disk. A call's files are copied to a staging folder, forced to the disk, and appear at their place by
 * one rename; which files count is decided by the table, so a kill at any point leaves the run as it was.
 */
final class ArtifactFiles {

    private static final int BUFFER = 1 << 16;

    private final Path artifacts;
    private final Path staging;

    ArtifactFiles(Path root) {
        artifacts = root.resolve("artifacts");
        staging = root.resolve("staging");
        try {
            Files.createDirectories(artifacts);
            if (Files.exists(staging)) {
                deleteTree(staging);
            }
            Files.createDirectories(staging);
        } catch (IOException e) {
            throw storageFailed("registry folder " + root + " cannot be written", e);
        }
    }

    Path artifacts() {
        return artifacts;
    }

    /** Copies a file or folder aside. Entries are in the order of their paths. */
    Staged stage(Path source, String target) {
        if (!Files.exists(source)) {
            throw RegistryNames.invalid("artifact source " + source + " does not exist");
        }
        Path folder = staging.resolve(UUID.randomUUID().toString());
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path each : walk.sorted().toList()) {
                if (Files.isDirectory(each)) {
                    continue;
                }
                if (!Files.isRegularFile(each)) {
                    throw RegistryNames.invalid("artifact source " + each + " is neither a file nor a folder");
                }
                String below = source.relativize(each).toString().replace('\\', '/');
                String path = below.isEmpty() ? target : target + "/" + below;
                RegistryNames.checkPath(path);
                Path copy = folder.resolve(path);
                Files.createDirectories(parent(copy));
                entries.add(copy(each, copy, path));
            }
            if (entries.isEmpty()) {
                throw RegistryNames.invalid("artifact source " + source + " holds no files");
            }
            forceFolders(folder);
            return new Staged(folder, target, List.copyOf(entries));
        } catch (IOException e) {
            discard(folder);
            throw storageFailed("artifact '" + target + "' cannot be written to " + artifacts, e);
        } catch (RuntimeException e) {
            discard(folder);
            throw e;
        }
    }

    /** Moves staged files to their place below {@code artifacts/location}, which must not hold the target yet. */
    void place(Staged staged, String location) {
        Path place = artifacts.resolve(location).resolve(staged.target);
        try {
            Files.createDirectories(parent(place));
            Files.move(staged.folder.resolve(staged.target), place, StandardCopyOption.ATOMIC_MOVE);
            for (Path folder = parent(place); folder.startsWith(artifacts); folder = parent(folder)) {
                force(folder);
            }
        } catch (IOException e) {
            throw storageFailed("artifact '" + staged.target + "' cannot be moved to " + place, e);
        }
    }

    /** Whether a location is free for a target. */
    boolean isFree(String location, String target) {
        return !Files.exists(artifacts.resolve(location).resolve(target));
    }

    /**
     * Copies one file of a run out and compares its checksum.
     *
     * @throws ControlRoomException ARTIFACT_INVALID when it is missing or not what was logged
     */
    void fetch(String location, Entry entry, Path copy) {
        Path file = artifacts.resolve(location).resolve(entry.path);
        try {
            Files.createDirectories(parent(copy));
            Entry found = copy(file, copy, entry.path);
            if (!found.equals(entry)) {
                Files.delete(copy);
                throw damaged(file, found, entry);
            }
        } catch (NoSuchFileException e) {
            throw missing(file, entry, e);
        } catch (IOException e) {
            throw storageFailed("artifact '" + entry.path + "' cannot be copied to " + copy, e);
        }
    }

    /**
     * Reads one file of a run and compares its checksum.
     *
     * @throws ControlRoomException ARTIFACT_INVALID when it is missing or not what was logged
     */
    void verify(String location, Entry entry) {
        Path file = artifacts.resolve(location).resolve(entry.path);
        MessageDigest digest = sha256();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
                bytes += count;
            }
        } catch (NoSuchFileException e) {
            throw missing(file, entry, e);
        } catch (IOException e) {
            throw storageFailed("artifact '" + entry.path + "' cannot be read in " + artifacts, e);
        }
        Entry found = new Entry(entry.path, bytes, HexFormat.of().formatHex(digest.digest()));
        if (!found.equals(entry)) {
            throw damaged(file, found, entry);
        }
    }

    private static ControlRoomException damaged(Path file, Entry found, Entry logged) {
        return new ControlRoomException(
                ErrorCode.ARTIFACT_INVALID,
                file + " is damaged: SHA-256 " + found.sha256 + " of " + found.bytes + " bytes; must be "
                        + logged.sha256 + " of " + logged.bytes + " bytes");
    }

    private static ControlRoomException missing(Path file, Entry logged, NoSuchFileException cause) {
        return new ControlRoomException(
                ErrorCode.ARTIFACT_INVALID, file + " is missing; it was logged with SHA-256 " + logged.sha256, cause);
    }

    /** Removes a file that no run names any more, and folders that become empty. A failure only leaves it there. */
    void remove(String location, String path) {
        Path folder = artifacts.resolve(location).resolve(path);
        try {
            Files.deleteIfExists(folder);
            for (Path up = parent(folder); !up.equals(artifacts); up = parent(up)) {
                Files.delete(up);
            }
        } catch (IOException e) {
            System.getLogger(ArtifactFiles.class.getName()).log(System.Logger.Level.DEBUG, "kept " + folder, e);
        }
    }

    /** Removes a file, or a folder with all below it, that no row names. */
    void removeTree(String location, String target) {
        Path left = artifacts.resolve(location).resolve(target);
        try {
            deleteTree(left);
        } catch (IOException e) {
            throw storageFailed("artifact '" + target + "' that a kill left cannot be removed from " + left, e);
        }
    }

    void discard(Path folder) {
        try {
            if (Files.exists(folder)) {
                deleteTree(folder);
            }
        } catch (IOException e) {
            // The next start of the registry empties the staging folder.
            System.getLogger(ArtifactFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + folder, e);
        }
    }

    private static Entry copy(Path from, Path to, String path) throws IOException {
        MessageDigest digest = sha256();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(
                        to,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
                ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, count);
                while (chunk.hasRemaining()) {
                    bytes += out.write(chunk);
                }
            }
            out.force(true);
        }
        return new Entry(path, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static void forceFolders(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path folder : walk.filter(Files::isDirectory).toList()) {
                force(folder);
            }
        }
    }

    /** Makes names in a folder survive a power cut. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ControlRoomException storageFailed(String what, IOException cause) {
        return new ControlRoomException(
                ErrorCode.STORAGE_FAILED, what + " (" + cause + "); free space or make the folder writable", cause);
    }

    /** One file: path as the run calls it, size, lower-case hex checksum. */
    record Entry(String path, long bytes, String sha256) {}

    /** Files of one call, copied aside. */
    record Staged(Path folder, String target, List<Entry> entries) {}
}
