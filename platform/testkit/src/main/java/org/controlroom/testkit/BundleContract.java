package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.controlroom.spi.SettingsSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the jar of every plugin must be, so that the plugin host can install, describe and unload it. Runs after the jar
 * is built (a class named {@code …IT}); the build names the jar in the system property {@code bundle.jar}.
 */
public abstract class BundleContract {

    private static final int JAVA_17_CLASS_FILE = 61;
    private static final Pattern CLAUSE =
            Pattern.compile("([^,;\"]+)((?:;[^,;\"=]+:?=(?:\"[^\"]*\"|[^,;\"]*))*)(?:,|$)");
    private static final Pattern MAY_BE_IMPORTED = Pattern.compile(
            "(org\\.controlroom\\.spi|java|javax\\.xml|org\\.w3c\\.dom|org\\.xml\\.sax|org\\.osgi|org\\.slf4j)(\\..*)?");

    private final Map<String, byte[]> entries = new TreeMap<>();
    private Manifest manifest = new Manifest();

    /** The id under which models remember the plugin; same as its folder. */
    protected abstract String pluginId();

    /** Prefixes of packages that it may import from library bundles; they must be on this test's class path. */
    protected List<String> libraries() {
        return List.of();
    }

    /** Folder with a small model, for a plugin that serves models made elsewhere. */
    protected Optional<Path> model() {
        return Optional.empty();
    }

    private boolean fromLibrary(String name) {
        return libraries().stream().anyMatch(library -> name.equals(library) || name.startsWith(library + "."));
    }

    private static Path jar() {
        String jar = System.getProperty("bundle.jar", "");
        assertThat(jar).as("system property bundle.jar; run by 'mvn verify'").isNotEmpty();
        return Path.of(jar);
    }

    @BeforeEach
    void readTheJar() throws IOException {
        // Reading every entry to its end checks its CRC.
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entries.put(entry.getName(), zip.readAllBytes()))
                        .as("%s is in the jar twice", entry.getName())
                        .isNull();
            }
        }
        assertThat(entries).containsKey("META-INF/MANIFEST.MF");
        manifest = new Manifest(new ByteArrayInputStream(entries.get("META-INF/MANIFEST.MF")));
    }

    private String header(String name) {
        String value = manifest.getMainAttributes().getValue(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> clauses(String header) {
        Map<String, String> clauses = new TreeMap<>();
        Matcher clause = CLAUSE.matcher(header);
        while (clause.find()) {
            clauses.put(clause.group(1).strip(), clause.group(2));
        }
        return clauses;
    }

    @Test
    void theManifestNamesThePlugin() {
        assertThat(header("Bundle-ManifestVersion")).isEqualTo("2");
        assertThat(header("Bundle-SymbolicName")).isEqualTo("org.controlroom.plugin." + pluginId());
        assertThat(header("Bundle-Version")).matches("\\d+\\.\\d+\\.\\d+(\\.[\\w-]+)?");
        assertThat(header("Bundle-License")).isNotBlank();
    }

    @Test
    void onlyTheSpiAndTheJdkAreImported() {
        Map<String, String> imports = clauses(header("Import-Package"));
        assertThat(imports.keySet())
                .filteredOn(name -> !fromLibrary(name))
                .allSatisfy(name -> assertThat(name).matches(MAY_BE_IMPORTED));
        assertThat(imports).containsKey("org.controlroom.spi");
        imports.forEach((name, attributes) -> {
            if (name.startsWith("org.controlroom.") || fromLibrary(name)) {
                assertThat(attributes).as("version range of %s", name).matches(".*version=\"\\[[\\d.]+,[\\d.]+\\)\".*");
            }
        });
        assertThat(header("DynamicImport-Package")).isEmpty();
        assertThat(header("Require-Bundle")).isEmpty();
        assertThat(header("Fragment-Host")).isEmpty();
    }

    @Test
    void nothingIsExportedAndNoJarIsNested() {
        assertThat(header("Export-Package")).isEmpty();
        assertThat(header("Bundle-ClassPath")).isIn("", ".");
        assertThat(header("Bundle-NativeCode")).isEmpty();
        assertThat(entries.keySet()).noneMatch(name -> name.endsWith(".jar"));
    }

    @Test
    void theSpiAndTheJdkAreNotCopiedInside() {
        assertThat(entries.keySet())
                .noneMatch(name -> name.matches("(java|javax|jakarta|org/osgi|org/controlroom/(spi|testkit|core))/.*"));
        String root = "org/controlroom/plugins/";
        assertThat(entries.keySet()).as("classes under %s", root).anyMatch(name -> name.startsWith(root));
    }

    @Test
    void everyClassRunsOnJava17() {
        entries.forEach((name, bytes) -> {
            if (name.endsWith(".class") && !name.startsWith("META-INF/versions/")) {
                assertThat((bytes[6] & 0xff) << 8 | (bytes[7] & 0xff))
                        .as("class file version of %s", name)
                        .isLessThanOrEqualTo(JAVA_17_CLASS_FILE);
            }
        });
    }

    @Test
    void oneComponentCarriesThePluginId() {
        String component = componentXml();
        assertThat(component).contains("name=\"controlroom.plugin.id\"").contains("value=\"" + pluginId() + "\"");
        assertThat(component.split("<provide ", -1)).as("services provided").hasSize(2);
        assertThat(component).containsPattern("<provide interface=\"org\\.controlroom\\.spi\\.[\\w.]+\"");
        assertThat(component).as("a plugin needs no other service").doesNotContain("<reference ");
    }

    private String componentXml() {
        Map<String, String> components = clauses(header("Service-Component"));
        assertThat(components).as("components").hasSize(1);
        String path = components.keySet().iterator().next();
        assertThat(entries).containsKey(path);
        return new String(entries.get(path), StandardCharsets.UTF_8);
    }

    @Test
    void theSettingsCanBeReadAndTheirDefaultsAreValid() {
        List<String> documents = entries.keySet().stream()
                .filter(name -> name.matches("OSGI-INF/metatype/[^/]+\\.xml"))
                .toList();
        assertThat(documents).as("metatype documents").hasSizeLessThanOrEqualTo(1);
        for (String document : documents) {
            SettingsSchema schema = SettingsSchema.readMetatype(new ByteArrayInputStream(entries.get(document)));
            assertThat(schema.defaults().values()).hasSize(schema.settings().size());
        }
    }

    /** A form half in one language and half in another is worse than one in English. */
    @Test
    void aLanguageOfTheSettingsIsWhole() throws IOException {
        TreeSet<String> wanted = new TreeSet<>(List.of("name", "help"));
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().matches("OSGI-INF/metatype/[^/]+\\.xml")) {
                SettingsSchema.readMetatype(new ByteArrayInputStream(entry.getValue()))
                        .settings()
                        .forEach(setting -> wanted.addAll(List.of(setting.key() + ".name", setting.key() + ".help")));
            }
        }
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().matches("OSGI-INF/l10n/.+")) {
                assertThat(entry.getKey()).matches("OSGI-INF/l10n/settings_[a-z]{2}\\.properties");
                Properties texts = new Properties();
                texts.load(new StringReader(new String(entry.getValue(), StandardCharsets.UTF_8)));
                assertThat(texts.stringPropertyNames()).as(entry.getKey()).containsExactlyInAnyOrderElementsOf(wanted);
                assertThat(texts.values()).as(entry.getKey()).doesNotContain("");
            }
        }
    }

    @Test
    void theLicencesOfInlinedLibrariesAreInside() {
        boolean foreign = entries.keySet().stream()
                .anyMatch(name -> name.endsWith(".class") && !name.startsWith("org/controlroom/"));
        if (foreign) {
            assertThat(entries.keySet()).anyMatch(name -> name.matches("META-INF/(.*/)?(LICENSE|COPYRIGHT|NOTICE).*"));
        }
    }

    /** Threads that outlive the plugin, as those of a server do, must not keep its class loader alive. */
    @Test
    void nothingOfThePluginIsLeftWhenItsClassLoaderIsDropped() throws Exception {
        String component = componentXml();
        Matcher implementation =
                Pattern.compile("<implementation class=\"([\\w.$]+)\"").matcher(component);
        assertThat(implementation.find()).isTrue();
        ExecutorService server = Executors.newFixedThreadPool(2);
        try {
            WeakReference<ClassLoader> dropped = useAndDrop(implementation.group(1), server);
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (dropped.get() != null && System.nanoTime() < deadline) {
                System.gc();
                Thread.onSpinWait();
            }
            assertThat(dropped.get()).as("class loader of the dropped plugin").isNull();
        } finally {
            server.shutdownNow();
        }
    }

    private WeakReference<ClassLoader> useAndDrop(String className, ExecutorService server) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {url()}, new SpiAndLibraries())) {
            Callable<Boolean> use = () -> {
                Object component =
                        loader.loadClass(className).getDeclaredConstructor().newInstance();
                Exercises.run(component, model());
                return true;
            };
            for (Future<Boolean> result : server.invokeAll(Arrays.asList(use, use))) {
                assertThat(result.get()).isTrue();
            }
            return new WeakReference<>(loader);
        }
    }

    private static URL url() throws MalformedURLException {
        return jar().toUri().toURL();
    }

    /** Shows a bundle what the framework would: the JDK, the SPI and its library bundles. */
    private final class SpiAndLibraries extends ClassLoader {

        SpiAndLibraries() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.controlroom.spi.") || fromLibrary(name)) {
                return Class.forName(name, true, BundleContract.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return InputStream.nullInputStream();
        }
    }
}
