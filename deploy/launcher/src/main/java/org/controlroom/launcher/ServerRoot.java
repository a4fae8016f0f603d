package org.controlroom.launcher;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that Payara Micro runs in. It is made new at every start, because over an old one Payara first runs the
 * applications that it finds there, even if they have changed since.
 */
final class ServerRoot {
    static final String BOOT_JAR = "launch-micro.jar";

    private static final String LIBRARIES = "runtime";

    private final Path folder;

    private ServerRoot(Path folder) {
        this.folder = folder;
    }

    /**
     * @param home the distribution; its {@code server} folder is the model, its {@code conf} folder has the templates
     * @param slots what replaces {@code ${name}} in the templates
     * @param properties for the server as system properties; may hold secrets, so that only the owner may read the file
     * @param ownLibraries whether the folder must hold the server's jars themselves, not a link to their folder
     */
    static ServerRoot fresh(
            Path home, Path folder, Map<String, String> slots, Map<String, String> properties, boolean ownLibraries)
            throws IOException {
        delete(folder);
        Path model = home.resolve("server");
        copy(model, folder);
        Path libraries = model.resolve(LIBRARIES).toRealPath();
        if (ownLibraries) {
            linkFiles(libraries, folder.resolve(LIBRARIES));
        } else {
            Files.createSymbolicLink(folder.resolve(LIBRARIES), libraries);
        }
        for (String template : new String[] {"preboot.txt", "postboot.txt", "logging.properties"}) {
            String text = Files.readString(home.resolve("conf").resolve(template));
            for (Map.Entry<String, String> slot : slots.entrySet()) {
                text = text.replace("${" + slot.getKey() + "}", slot.getValue());
            }
            Files.writeString(folder.resolve(template), text);
        }
        ServerRoot root = new ServerRoot(folder);
        root.writeProperties(properties);
        return root;
    }

    Path folder() {
        return folder;
    }

    /** The jar that starts the server, beside the server's own jars. */
    Path bootJar() {
        return folder.resolve(BOOT_JAR);
    }

    Path preboot() {
        return folder.resolve("preboot.txt");
    }

    Path postboot() {
        return folder.resolve("postboot.txt");
    }

    Path logging() {
        return folder.resolve("logging.properties");
    }

    Path properties() {
        return folder.resolve("server.properties");
    }

    private void writeProperties(Map<String, String> values) throws IOException {
        Files.createFile(
                properties(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Properties out = new Properties();
        out.putAll(values);
        try (Writer writer = Files.newBufferedWriter(properties())) {
            out.store(writer, null);
        }
    }

    /** Hard links, because the 99 MB never change; copies where the file system has no links to there. */
    private static void linkFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                try {
                    Files.createLink(target, file);
                } catch (IOException | UnsupportedOperationException e) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) throws IOException {
                if (dir.equals(from.resolve(LIBRARIES))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(dir).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Links are removed, not followed. */
    static void delete(Path folder) throws IOException {
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
                if (failure != null) {
                    throw failure;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
