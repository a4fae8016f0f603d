package org.controlroom.pluginhost;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.controlroom.spi.Product;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Compiles Java sources and builds an OSGi bundle of them, as a plugin's own build would. */
final class TestBundle {

    private final String symbolicName;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Path> classPath = new ArrayList<>();

    private TestBundle(String symbolicName) {
        this.symbolicName = symbolicName;
        headers.put("-exportcontents", "!*");
        headers.put("-noextraheaders", "true");
        headers.put("Import-Package", "!org.jspecify.annotations,*");
    }

    static TestBundle named(String symbolicName) {
        return new TestBundle(symbolicName);
    }

    /** A classifier plugin whose label is the text of the resource {@code version.txt}, as a number. */
    static TestBundle classifier(String symbolicName, String id) {
        return named(symbolicName).source("test.plugin.TestTrainer", classifierSource(id, "", ""));
    }

    /**
     * @param body members of the component class
     * @param classAnnotations put before the class
     */
    static String classifierSource(String id, String body, String classAnnotations) {
        return """
                package test.plugin;
                import java.io.*;
                import org.controlroom.spi.*;
                import org.controlroom.spi.classify.*;
                import org.osgi.service.component.annotations.*;
                %s
                @Component
                @PluginInfo(id = "%s")
                public class TestTrainer implements ClassifierTrainer {
                    %s
                    private static final byte[] BALLAST = new byte[1 << 20];
                    private volatile boolean deactivated;
                    @Deactivate public void deactivate() { deactivated = true; }
                    @Override public Classifier train(FeatureMatrix vectors, int[] labels, TrainingContext context) {
                        throw new UnsupportedOperationException();
                    }
                    @Override public Classifier load(InputStream state) throws IOException {
                        if (deactivated) throw new IllegalStateException("called after deactivate");
                        try (InputStream in = TestTrainer.class.getResourceAsStream("/version.txt")) {
                            return new Fixed(Integer.parseInt(new String(in.readAllBytes())));
                        }
                    }
                    static final class Fixed implements Classifier {
                        private final int label;
                        Fixed(int label) { this.label = label; }
                        @Override public Labels labels() { return Labels.of(new int[] {label}); }
                        @Override public int featureCount() { return 1; }
                        @Override public void score(FeatureVector vector, float[] out) { out[0] = label; }
                        @Override public void save(OutputStream out) {}
                    }
                }
                """.formatted(classAnnotations, id, body);
    }

    TestBundle source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Another bundle's jar to compile against. */
    TestBundle against(Path jar) {
        classPath.add(jar);
        return this;
    }

    /** Builds {@code folder/symbolicName-version.jar}. */
    Path build(Path folder, String version) {
        try {
            Path work = Files.createTempDirectory(folder, "build");
            Path classes = compile(work);
            Path jar = folder.resolve(symbolicName + "-" + version + ".jar");
            try (Builder builder = new Builder()) {
                builder.setProperty("Bundle-SymbolicName", symbolicName);
                builder.setProperty("Bundle-Version", version);
                headers.forEach(builder::setProperty);
                builder.setProperty("-privatepackage", headers.getOrDefault("-privatepackage", "test.*"));
                builder.addClasspath(classes.toFile());
                for (Path path : platformClassPath()) {
                    builder.addClasspath(path.toFile());
                }
                for (Path path : classPath) {
                    builder.addClasspath(path.toFile());
                }
                try (Jar built = builder.build()) {
                    if (!builder.getErrors().isEmpty()) {
                        throw new IllegalStateException(String.valueOf(builder.getErrors()));
                    }
                    built.write(jar.toFile());
                }
            }
            return withVersion(jar, folder, version);
        } catch (Exception e) {
            throw new IllegalStateException("cannot build " + symbolicName, e);
        }
    }

    /** The same bundle with another version; much faster than building it again. */
    static Path withVersion(Path jar, Path folder, String version) throws IOException {
        String name = String.valueOf(jar.getFileName()).replaceFirst("-\\d.*", "-" + version + ".jar");
        return rewrite(
                jar,
                folder.resolve(name),
                headers -> headers.putValue("Bundle-Version", version),
                "version.txt",
                String.valueOf(number(version)));
    }

    /** The same jar, in its place, with one more or another entry. */
    static Path withEntry(Path jar, String entry, String text) throws IOException {
        return rewrite(jar, jar, headers -> {}, entry, text);
    }

    /** A copy with changed manifest headers and one entry put in. */
    static Path rewrite(Path jar, Path target, Consumer<Attributes> change, String extra, String text)
            throws IOException {
        Path temporary = Files.createTempFile(target.getParent(), "rewrite", ".tmp");
        try (JarFile in = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(temporary)) {
            Manifest manifest = new Manifest(in.getManifest());
            change.accept(manifest.getMainAttributes());
            try (JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : in.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)
                            && !entry.getName().equals(extra)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        in.getInputStream(entry).transferTo(out);
                    }
                }
                out.putNextEntry(new JarEntry(extra));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The label that the test classifier of this version answers: 1.2.3 is 1002003. */
    static int number(String version) {
        String[] part = version.split("\\.");
        return Integer.parseInt(part[0]) * 1_000_000 + Integer.parseInt(part[1]) * 1_000 + Integer.parseInt(part[2]);
    }

    private Path compile(Path work) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString(), "-cp"));
        arguments.add(Stream.concat(platformClassPath().stream(), classPath.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve("src/" + source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("test sources do not compile: " + sources.keySet());
        }
        return classes;
    }

    private static List<Path> platformClassPath() {
        return Stream.of(Product.class, Component.class, ObjectClassDefinition.class)
                .map(type -> {
                    try {
                        return Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}
