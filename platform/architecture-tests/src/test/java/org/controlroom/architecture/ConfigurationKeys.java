package org.controlroom.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code controlroom.*} keys that the code reads, and those that the documentation lists. */
final class ConfigurationKeys {

    /** A string that is nothing but a key. */
    private static final Pattern IN_JAVA = Pattern.compile("\"(controlroom\\.[a-z][a-zA-Z0-9.-]*[a-zA-Z0-9])\"");

    private static final Pattern IN_DESCRIPTOR = Pattern.compile("\\$\\{MPCONFIG=(controlroom\\.[a-zA-Z0-9.-]+)");
    private static final Pattern IN_PROPERTIES = Pattern.compile("(?m)^(controlroom\\.[a-zA-Z0-9.-]+)=");
    private static final Pattern IN_TABLE =
            Pattern.compile("(?m)^\\| `(controlroom\\.[a-zA-Z0-9.-]+)` \\| [^|]+ \\| [^|]+ \\|$");

    /** Texts that look like keys: a lock file, a property of the plugin services, what the command's script passes on. */
    private static final Set<String> NO_KEYS =
            Set.of("controlroom.lock", "controlroom.plugin.id", "controlroom.terminal");

    /** The module that lists the keys and reads none. */
    private static final String TABLE = "configuration";

    private ConfigurationKeys() {}

    /** Keys in the main sources, deployment descriptors and default configuration. */
    static SortedSet<String> used(Path root, List<SourceModule> modules) {
        SortedSet<String> keys = new TreeSet<>();
        for (SourceModule module : modules) {
            if (module.name().equals(TABLE)) {
                continue;
            }
            module.files().forEach(file -> find(IN_JAVA, read(file), keys));
            Path descriptor = module.folder().resolve("src/main/webapp/WEB-INF/web.xml");
            if (Files.exists(descriptor)) {
                find(IN_DESCRIPTOR, read(descriptor), keys);
            }
        }
        find(IN_PROPERTIES, read(root.resolve("deploy/runtime/src/main/conf/control-room.properties")), keys);
        keys.removeAll(NO_KEYS);
        return keys;
    }

    /** Keys that have a table row with default and meaning. */
    static SortedSet<String> documented(String markdown) {
        SortedSet<String> keys = new TreeSet<>();
        find(IN_TABLE, markdown, keys);
        return keys;
    }

    private static void find(Pattern pattern, String text, SortedSet<String> keys) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            keys.add(matcher.group(1));
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
