package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/**
 * The host's folder: the jars, and the list of what is installed. The list is the truth after a crash; it is replaced
 * as a whole, so an update has either happened or not.
 *
 * <p>{@code jars/} jars of what is installed, {@code kept/} those of replaced versions, {@code incoming/} copies being checked, {@code installed.tsv} the list, {@code settings/}
 * stored settings, {@code framework/} the framework's cache, {@code lock} against a second process. Not thread-safe.
 */
final class PluginStore implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PluginStore.class.getName());

    private final Path folder;
    private final FileChannel lockFile;

    private PluginStore(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** @throws ControlRoomException STORAGE_FAILED when the folder cannot be written or another process has it */
    @SuppressWarnings("resource") // the lock is held until close()
    static PluginStore open(Path folder) {
        try {
            for (String name : List.of("jars", "kept", "incoming", "settings", "framework")) {
                Files.createDirectories(folder.resolve(name));
            }
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new ControlRoomException(
                        ErrorCode.STORAGE_FAILED,
                        "plugin folder " + folder + ": in use by another server; must be one server a folder");
            }
            PluginStore store = new PluginStore(folder, channel);
            store.deleteAllIn(folder.resolve("incoming"));
            return store;
        } catch (IOException e) {
            throw failed("plugin folder " + folder + ": cannot be written", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path cache() {
        return folder.resolve("framework");
    }

    Path settings() {
        return folder.resolve("settings");
    }

    Path jar(String file) {
        return folder.resolve("jars").resolve(file);
    }

    /** The list, empty in a new folder. A damaged list is put aside, and nothing is known of it: see the caller. */
    Optional<InstalledList> read() {
        Path file = folder.resolve("installed.tsv");
        try {
            if (!Files.exists(file)) {
                return Optional.of(InstalledList.EMPTY);
            }
            Optional<InstalledList> list = InstalledList.parse(Files.readString(file));
            if (list.isEmpty()) {
                Path aside = folder.resolve("installed.tsv.damaged");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                LOG.log(Level.ERROR, "plugins: {0} is damaged, kept as {1}; rebuilding it from the jars", file, aside);
            }
            return list;
        } catch (java.nio.charset.CharacterCodingException e) {
            LOG.log(Level.ERROR, "plugins: {0} is damaged; rebuilding it from the jars", file);
            return Optional.empty();
        } catch (IOException e) {
            throw failed("plugin folder " + folder + ": cannot read the list of plugins", e);
        }
    }

    /** Replaces the list; after a crash either the old or the new one is there. */
    void write(InstalledList list) {
        try {
            Path temporary = folder.resolve("installed.tsv.new");
            Files.writeString(temporary, list.format());
            moveDurably(temporary, folder.resolve("installed.tsv"));
        } catch (IOException e) {
            throw failed("plugin folder " + folder + ": cannot write the list of plugins", e);
        }
    }

    /** Copies a jar in, so that nobody changes it while it is being checked. */
    Path receive(Path source, long maxBytes) {
        try {
            if (!Files.isRegularFile(source)) {
                throw new ControlRoomException(
                        ErrorCode.PLUGIN_INVALID, "plugin jar " + source.getFileName() + ": is not a file");
            }
            long size = Files.size(source);
            if (size > maxBytes) { // before the copy fills the disk
                throw new ControlRoomException(
                        ErrorCode.TOO_LARGE,
                        Reason.of(
                                "plugin-too-large",
                                "plugin jar {0}: {1} bytes; must be at most {2} bytes",
                                source.getFileName(),
                                size,
                                maxBytes));
            }
            Path copy = Files.createTempFile(folder.resolve("incoming"), "", ".jar");
            Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        } catch (IOException e) {
            throw failed("plugin jar " + source.getFileName() + ": cannot be copied", e);
        }
    }

    /** Keeps a received jar. The name carries the content, so that it never meets an older jar of the same version. */
    String keep(Path received, PluginJar jar) {
        String file = jar.bundle() + "_" + jar.version() + "_" + jar.sha256().substring(0, 16) + ".jar";
        try {
            moveDurably(received, jar(file));
            return file;
        } catch (IOException e) {
            throw failed("plugin jar " + jar.name() + ": cannot be kept", e);
        }
    }

    /** Keeps the jar of a version that is about to be replaced. A second name, because the jar is still in use. */
    void keepReplaced(InstalledPlugin plugin) {
        Path target = folder.resolve("kept").resolve(plugin.file());
        try {
            Files.deleteIfExists(target);
            try {
                Files.createLink(target, jar(plugin.file()));
            } catch (UnsupportedOperationException | IOException e) {
                Files.copy(jar(plugin.file()), target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failed("plugin jar " + plugin.name() + ": cannot be kept", e);
        }
    }

    /** Where {@link #keepReplaced} keeps it. */
    Path replacedJar(String file) {
        return folder.resolve("kept").resolve(file);
    }

    /** All jars of replaced versions. */
    List<Path> replacedJars() {
        return filesIn(folder.resolve("kept"), "*.jar");
    }

    /** Deletes a file that nobody needs any more; when that fails the next start tries again. */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "plugins: cannot delete " + file, e);
        }
    }

    /** All kept jars. */
    List<Path> jars() {
        return filesIn(folder.resolve("jars"), "*.jar");
    }

    /** Deletes kept jars that the list does not name: left over from a crash. */
    void sweep(InstalledList list) {
        Set<String> named = list.plugins().stream().map(InstalledPlugin::file).collect(Collectors.toUnmodifiableSet());
        for (Path jar : jars()) {
            if (!named.contains(jar.getFileName().toString())) {
                LOG.log(Level.INFO, "plugins: deleting {0}, left over from an unfinished change", jar);
                discard(jar);
            }
        }
    }

    static List<Path> filesIn(Path folder, String glob) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(files::add);
        } catch (IOException e) {
            throw failed("folder " + folder + ": cannot be read", e);
        }
        files.sort(null);
        return files;
    }

    private void deleteAllIn(Path leftovers) {
        filesIn(leftovers, "*").forEach(this::discard);
    }

    private static void moveDurably(Path from, Path to) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // a folder cannot be opened on Windows; the move is then as durable as the system makes it
            LOG.log(Level.DEBUG, "cannot sync the folder of " + to, e);
        }
    }

    static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw failed("plugin jar " + file + ": cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static ControlRoomException failed(String what, IOException cause) {
        return new ControlRoomException(ErrorCode.STORAGE_FAILED, what + ": " + cause, cause);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
