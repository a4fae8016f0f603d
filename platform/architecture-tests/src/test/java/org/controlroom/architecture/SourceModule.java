package org.controlroom.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One Maven module with main sources. */
record SourceModule(Path folder) {

    /** Benchmarks are no part of the product, and are built after everything else. */
    private static final Set<String> SKIPPED = Set.of("benchmarks", "target", "src", ".git", "node_modules", ".venv");

    /** All modules below the root of the checkout, by path. */
    static List<SourceModule> all(Path root) {
        List<SourceModule> modules = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (SKIPPED.contains(String.valueOf(folder.getFileName()))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    if (Files.isDirectory(folder.resolve("src/main/java")) && Files.exists(folder.resolve("pom.xml"))) {
                        modules.add(new SourceModule(folder));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        modules.sort((a, b) -> a.folder.compareTo(b.folder));
        return modules;
    }

    /** Root of the checkout, seen from this module's folder. */
    static Path root() {
        Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
        if (!Files.exists(root.resolve("platform/spi"))) {
            throw new IllegalStateException(root + " is not the root of the checkout");
        }
        return root;
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    Path sources() {
        return folder.resolve("src/main/java");
    }

    /** Main source files, by path. */
    List<Path> files() {
        return javaFiles(sources());
    }

    List<Path> testFiles() {
        Path tests = folder.resolve("src/test/java");
        return Files.isDirectory(tests) ? javaFiles(tests) : List.of();
    }

    /** Folders of main sources that hold Java files. */
    SortedSet<Path> packageFolders() {
        SortedSet<Path> folders = new TreeSet<>();
        files().forEach(file -> folders.add(file.getParent()));
        return folders;
    }

    /** Names of the packages of the main sources. */
    SortedSet<String> packages() {
        SortedSet<String> names = new TreeSet<>();
        packageFolders()
                .forEach(folder ->
                        names.add(sources().relativize(folder).toString().replace('/', '.')));
        return names;
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
