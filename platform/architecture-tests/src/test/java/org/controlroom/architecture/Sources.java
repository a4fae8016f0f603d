package org.controlroom.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules about source files. Each answers what breaks it, for people; empty when nothing does. */
final class Sources {

    /** From 400 lines on a class asks to be split; here the build says no. */
    static final int MAX_LINES = 500;

    private static final Pattern SENTENCE_END = Pattern.compile("[.;:!?] ");

    private Sources() {}

    static List<String> splitPackages(List<SourceModule> modules) {
        SortedMap<String, List<String>> owners = new TreeMap<>();
        for (SourceModule module : modules) {
            module.packages()
                    .forEach(name -> owners.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(module.name()));
        }
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " is in " + entry.getValue())
                .toList();
    }

    static List<String> undescribedPackages(Path moduleFolder) {
        List<String> broken = new ArrayList<>();
        for (Path folder : new SourceModule(moduleFolder).packageFolders()) {
            Path info = folder.resolve("package-info.java");
            String text = Files.exists(info) ? read(info).replaceAll("\\s+\\*?\\s*", " ") : "";
            if (text.isEmpty()) {
                broken.add(folder + ": no package-info.java");
            } else if (!text.contains("@NullMarked")) {
                broken.add(info + ": not @NullMarked");
            } else if (SENTENCE_END.matcher(text).results().count() < 3 || !text.contains("{@link ")) {
                broken.add(
                        info + ": must say in three sentences what is here, what is not, and which class, as a {@link},"
                                + " to read first");
            }
        }
        return broken;
    }

    static List<String> missingOfPlugin(SourceModule plugin) {
        List<String> missing = new ArrayList<>();
        if (!Files.exists(plugin.folder().resolve("README.md"))) {
            missing.add(plugin.name() + ": no README.md");
        }
        List<Path> tests = plugin.testFiles();
        if (tests.stream().noneMatch(test -> is(test, "ContractTest.java", "Contract {"))) {
            missing.add(plugin.name() + ": no contract test that extends a contract of the test kit");
        }
        if (tests.stream().noneMatch(test -> is(test, "BundleIT.java", "extends BundleContract {"))) {
            missing.add(plugin.name() + ": no test of its bundle that extends BundleContract");
        }
        if (tests.stream().noneMatch(test -> is(test, "SettingsTest.java", "@Test"))) {
            missing.add(plugin.name() + ": no test of its settings");
        }
        return missing;
    }

    private static boolean is(Path test, String suffix, String content) {
        return test.toString().endsWith(suffix) && read(test).contains(content);
    }

    static List<String> tooLong(SourceModule module) {
        return module.files().stream()
                .filter(file -> lines(file) > MAX_LINES)
                .map(file -> file + " has " + lines(file) + " lines; at most " + MAX_LINES)
                .toList();
    }

    private static long lines(Path file) {
        return read(file).lines().count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
