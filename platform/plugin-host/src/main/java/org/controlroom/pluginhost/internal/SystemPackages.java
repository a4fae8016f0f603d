package org.controlroom.pluginhost.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Packages that lie beside the framework and that bundles may import; a test holds the versions against the jars. */
final class SystemPackages {

    private static final String SLF4J_VERSION = "2.0.20";

    private SystemPackages() {}

    /** Package to version. */
    static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("org.controlroom.spi", "1.1.0");
        versions.put("org.controlroom.spi.classify", "1.1.0");
        versions.put("org.controlroom.spi.drift", "1.0.0");
        versions.put("org.controlroom.spi.feature", "1.1.0");
        for (String slf4j : List.of("", ".event", ".helpers", ".spi")) {
            versions.put("org.slf4j" + slf4j, SLF4J_VERSION);
        }
        versions.put("org.osgi.service.cm", "1.6.1");
        versions.put("org.osgi.service.component", "1.5.1");
        versions.put("org.osgi.service.component.propertytypes", "1.5.0");
        versions.put("org.osgi.service.component.runtime", "1.5.0");
        versions.put("org.osgi.service.component.runtime.dto", "1.5.0");
        versions.put("org.osgi.service.log", "1.5.0");
        versions.put("org.osgi.service.metatype", "1.4.1");
        versions.put("org.osgi.util.function", "1.2.0");
        versions.put("org.osgi.util.promise", "1.3.0");
        return versions;
    }

    /** As the framework property wants it. */
    static String header() {
        return versions().entrySet().stream()
                .map(entry -> entry.getKey() + ";version=\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(","));
    }
}
