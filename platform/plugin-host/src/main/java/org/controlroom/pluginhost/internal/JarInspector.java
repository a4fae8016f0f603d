package org.controlroom.pluginhost.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.controlroom.core.model.SettingsTexts;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.controlroom.spi.SettingsSchema;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Checks a jar before the framework sees it: the framework would start a damaged one and fail at the first call. */
final class JarInspector {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
    private static final String COMPONENTS_HEADER = "Service-Component";
    private static final String METATYPE_FOLDER = "OSGI-INF/metatype/";

    /** Names and help of the settings in another language, UTF-8. */
    private static final Pattern TEXTS = Pattern.compile("OSGI-INF/l10n/settings_([a-z]{2})\\.properties");

    /** A jar that grows by more than this is made to fill the disk or the memory. */
    private static final int MAX_EXPANSION = 20;

    private final long maxJarBytes;

    JarInspector(long maxJarBytes) {
        this.maxJarBytes = maxJarBytes;
    }

    /**
     * Checks size, every byte of every entry, and the manifest.
     *
     * @param shown name of the jar in messages
     * @throws ControlRoomException TOO_LARGE, PLUGIN_INVALID
     */
    PluginJar check(Path jar, String shown) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw invalid(shown, "is not a file");
        }
        long size = Files.size(jar);
        if (size > maxJarBytes) {
            throw new ControlRoomException(
                    ErrorCode.TOO_LARGE,
                    Reason.of(
                            "plugin-too-large",
                            "plugin jar {0}: {1} bytes; must be at most {2} bytes",
                            shown,
                            size,
                            maxJarBytes));
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            checkEntries(zip, shown, size);
        } catch (java.util.zip.ZipException e) {
            throw invalid(shown, "is no zip file: " + e.getMessage());
        } catch (IllegalArgumentException e) { // entry names that are not UTF-8
            throw invalid(shown, "is a damaged zip file: " + e.getMessage());
        }
        return describe(jar, shown, PluginStore.sha256(jar));
    }

    private static void checkEntries(ZipFile zip, String shown, long size) throws IOException {
        long expanded = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            if (name.startsWith("/")
                    || name.contains("\\")
                    || List.of(name.split("/")).contains("..")) {
                throw invalid(shown, "entry " + name + " points outside the jar");
            }
            CRC32 crc = new CRC32();
            long bytes;
            try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
                bytes = in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw invalid(shown, "entry " + name + " is damaged: " + e.getMessage());
            }
            if (crc.getValue() != entry.getCrc() || bytes != entry.getSize()) {
                throw invalid(shown, "entry " + name + " is damaged: its checksum (CRC) is wrong");
            }
            expanded += bytes;
            if (expanded > size * MAX_EXPANSION) {
                throw invalid(shown, "expands to more than " + MAX_EXPANSION + " times its size");
            }
        }
    }

    /**
     * Reads manifest, component and settings descriptions of a jar whose bytes are known to be good.
     *
     * @throws ControlRoomException PLUGIN_INVALID
     */
    PluginJar describe(Path jar, String shown, String sha256) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            if (manifest == null) {
                throw invalid(shown, "has no META-INF/MANIFEST.MF, so it is no OSGi bundle");
            }
            Attributes headers = manifest.getMainAttributes();
            if (!"2".equals(header(headers, Constants.BUNDLE_MANIFESTVERSION))) {
                throw invalid(
                        shown,
                        "Bundle-ManifestVersion=" + header(headers, Constants.BUNDLE_MANIFESTVERSION)
                                + "; must be 2 (it is no OSGi bundle)");
            }
            if (headers.getValue(Constants.FRAGMENT_HOST) != null) {
                throw invalid(shown, "is a fragment (Fragment-Host); must be a bundle of its own");
            }
            String bundle = header(headers, Constants.BUNDLE_SYMBOLICNAME)
                    .replaceFirst(";.*", "")
                    .strip();
            if (!NAME.matcher(bundle).matches()) {
                throw invalid(
                        shown, "Bundle-SymbolicName='" + bundle + "'; must be 1..200 letters, digits and any of . _ -");
            }
            Version version = version(headers, shown);
            Map<String, String> services = services(file, header(headers, COMPONENTS_HEADER), shown);
            if (services.size() > 1) {
                throw invalid(shown, "has the plugins " + services.keySet() + "; must be one a bundle");
            }
            boolean library = services.isEmpty();
            String id = library
                    ? bundle.substring(bundle.lastIndexOf('.') + 1)
                    : services.keySet().iterator().next();
            if (!NAME.matcher(id).matches()) {
                throw invalid(shown, "plugin id='" + id + "'; must be 1..200 letters, digits and any of . _ -");
            }
            String kind =
                    library ? PluginJar.LIBRARY : services.values().iterator().next();
            String metatype = metatype(file, shown);
            SettingsSchema schema = SettingsSchema.EMPTY;
            if (!metatype.isEmpty()) {
                try (InputStream in = file.getInputStream(file.getEntry(metatype))) {
                    schema = SettingsSchema.readMetatype(in);
                } catch (ControlRoomException e) {
                    throw invalid(shown, metatype + ": " + e.getMessage());
                }
            }
            return new PluginJar(id, kind, bundle, version, schema, texts(file, shown), sha256);
        }
    }

    private static String header(Attributes headers, String name) {
        String value = headers.getValue(name);
        return value == null ? "" : value.strip();
    }

    private static Version version(Attributes headers, String shown) {
        String text = header(headers, Constants.BUNDLE_VERSION);
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException e) {
            throw invalid(shown, "Bundle-Version=" + text + "; must be major.minor.micro[.qualifier]");
        }
    }

    /** Plugin id to kind, of all components that declare an id. */
    private static Map<String, String> services(JarFile file, String componentsHeader, String shown)
            throws IOException {
        Map<String, String> services = new LinkedHashMap<>();
        for (String path : componentPaths(file, componentsHeader, shown)) {
            ComponentDescription component;
            try (InputStream in = file.getInputStream(file.getEntry(path))) {
                component = ComponentDescription.read(in);
            } catch (ControlRoomException e) {
                throw invalid(shown, path + ": " + e.getMessage());
            }
            if (component.pluginId().isEmpty()) {
                continue;
            }
            if (component.kind().isEmpty() || services.containsKey(component.pluginId())) {
                throw invalid(
                        shown,
                        "component " + component.name() + " of plugin " + component.pluginId() + " provides "
                                + component.interfaces() + "; must provide exactly one of "
                                + new TreeSet<>(ComponentDescription.KINDS.keySet()) + ", in one component");
            }
            services.put(component.pluginId(), component.kind());
        }
        return services;
    }

    private static List<String> componentPaths(JarFile file, String header, String shown) {
        List<String> paths = new ArrayList<>();
        for (String declared : header.split(",")) {
            String path = declared.strip();
            if (path.isEmpty()) {
                continue;
            }
            if (path.contains("*")) {
                Pattern pattern = Pattern.compile(("\\Q" + path + "\\E").replace("*", "\\E[^/]*\\Q"));
                file.stream()
                        .map(ZipEntry::getName)
                        .filter(pattern.asMatchPredicate())
                        .sorted()
                        .forEach(paths::add);
            } else if (file.getEntry(path) == null) {
                throw invalid(shown, COMPONENTS_HEADER + " names " + path + ", which is not in the jar");
            } else {
                paths.add(path);
            }
        }
        return paths;
    }

    private static String metatype(JarFile file, String shown) {
        List<String> found = file.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(METATYPE_FOLDER) && name.endsWith(".xml"))
                .sorted()
                .toList();
        if (found.size() > 1) {
            throw invalid(shown, "describes its settings in " + found + "; must be one document");
        }
        return found.isEmpty() ? "" : found.get(0);
    }

    private static SettingsTexts texts(JarFile file, String shown) throws IOException {
        Map<String, Map<String, String>> byLanguage = new TreeMap<>();
        for (JarEntry entry : file.stream().toList()) {
            Matcher name = TEXTS.matcher(entry.getName());
            if (!name.matches()) {
                continue;
            }
            Properties texts = new Properties();
            try (Reader in = new InputStreamReader(file.getInputStream(entry), StandardCharsets.UTF_8)) {
                texts.load(in);
            } catch (IllegalArgumentException e) {
                throw invalid(shown, entry.getName() + ": " + e.getMessage());
            }
            Map<String, String> byKey = new TreeMap<>();
            texts.stringPropertyNames().forEach(key -> byKey.put(key, texts.getProperty(key)));
            byLanguage.put(name.group(1), byKey);
        }
        return new SettingsTexts(byLanguage);
    }

    private static ControlRoomException invalid(String shown, String reason) {
        return new ControlRoomException(ErrorCode.PLUGIN_INVALID, "plugin jar " + shown + ": " + reason);
    }
}
