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
import org.jspecify.annotations.Nullable;

/**
 * The folder that Payara Micro runs in. It is made new at every start, because over an old one Payara first runs the
 * applications that it finds there, even if they have changed since.
 */
final class ServerRoot {
    private static final String LIBRARIES = "runtime";

    private final Path folder;

    private ServerRoot(Path folder) {
        this.folder = folder;
    }

    /**
     * @param home the distribution; its {@code server} folder is the model, its {@code conf} folder has the templates
     * @param slots what replaces {@code ${name}} in the templates
     * @param properties for the server as system properties; may hold secrets, so that only the owner may read the file
     */
    static ServerRoot fresh(Path home, Path folder, Map<String, String> slots, Map<String, String> properties)
            throws IOException {
        delete(folder);
        Path model = home.resolve("server");
        copy(model, folder);
        // 99 MB that never change: a link is enough
        Files.createSymbolicLink(
                folder.resolve(LIBRARIES), model.resolve(LIBRARIES).toRealPath());
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
