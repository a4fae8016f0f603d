package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every step of every pipeline is killed, before the commit in its middle and at its end, each time in a new process that
 * goes on where the one before was killed. What is there in the end must be what a run leaves that nobody disturbed. The processes hold the
 * distribution's application, plugins and batch runtime, but no server, so that a kill costs seconds.
 */
class EveryStepKilledIT {

    private static final Path FOLDER = TrainedServer.folder("killed-steps");
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int ROWS = 600;
    private static final int[] CLASSES = {10, 40, 50, 60, 1280};
    private static final String[] WORDS = {
        "livre roman auteur poche lecture",
        "jeu console manette video playstation",
        "figurine collection statue resine",
        "piscine pompe filtre chlore bassin",
        "peluche enfant jouet doudou bebe"
    };

    /** Copies into another server, which these processes do not have; MigrationTest ends it after each of its changes. */
    private static final String MIGRATION = "migrate-registry";

    /** Of each pipeline, as its definition has them. */
    private static final SortedMap<String, List<String>> STEPS = new TreeMap<>();

    private static String classPath;

    /** What a process said. */
    private record Said(String output) {

        List<String> lines(String word) {
            return output.lines()
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1))
                    .toList();
        }

        SortedMap<String, String> facts() {
            return lines("fact").stream()
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1),
                            (one, other) -> one,
                            TreeMap::new));
        }
    }

    @BeforeAll
    static void loadTheFirstPortion() throws Exception {
        Path war = unpack(Distribution.home().resolve("api.war"), FOLDER.resolve("war"));
        List<String> path = new ArrayList<>(List.of(
                Objects.requireNonNull(System.getProperty("controlroom.child.classes"), "run by failsafe"),
                war.resolve("WEB-INF/classes").toString()));
        path.addAll(jars(war.resolve("WEB-INF/lib"), ""));
        Path server = Distribution.home().resolve("server/runtime");
        for (String part :
                List.of("payara-jbatch", "h2", "jakarta.", "cdi-api", "microprofile-config-api", "jaxb-osgi")) {
            path.addAll(jars(server, part));
        }
        classPath = String.join(System.getProperty("path.separator"), path);
        catalogue();
        for (String line : child("list", "list").lines("step")) {
            String[] words = line.split(" ");
            STEPS.computeIfAbsent(words[0], name -> new ArrayList<>()).add(words[1]);
        }
        Said loaded = child("first-portion", "run", "load-data");
        assertThat(loaded.lines("ended")).as(loaded.output()).containsExactly("completed null");
    }

    static Stream<String> pipelines() {
        return STEPS.keySet().stream();
    }

    @Test
    void noPipelineIsMissing() throws Exception {
        List<String> jobs = new ArrayList<>();
        Path library = FOLDER.resolve("war/WEB-INF/lib");
        try (Stream<Path> jars = Files.list(library)) {
            for (Path jar : jars.toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    zip.stream()
                            .map(ZipEntry::getName)
                            .filter(name -> name.startsWith("META-INF/batch-jobs/") && name.endsWith(".xml"))
                            .map(name -> name.replaceAll(".*/|\\.xml", ""))
                            .forEach(jobs::add);
                }
            }
        }
        assertThat(jobs).contains(MIGRATION);
        jobs.remove(MIGRATION);
        assertThat(STEPS.keySet()).containsExactlyInAnyOrderElementsOf(jobs).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void aRunThatWasKilledInEveryStepLeavesWhatAnUndisturbedOneLeaves(String pipeline) throws Exception {
        copy("first-portion", pipeline + "-undisturbed");
        Said undisturbed = child(pipeline + "-undisturbed", "run", pipeline);
        assertThat(undisturbed.lines("ended")).as(undisturbed.output()).containsExactly("completed null");
        SortedMap<String, Integer> commits = new TreeMap<>();
        undisturbed
                .lines("commits")
                .forEach(line -> commits.put(line.split(" ")[0], Integer.valueOf(line.split(" ")[1])));

        String killed = pipeline + "-killed";
        copy("first-portion", killed);
        List<String> kills = new ArrayList<>();
        for (String step : Objects.requireNonNull(STEPS.get(pipeline))) {
            int middle = Math.max(1, (Objects.requireNonNull(commits.get(step), step) + 1) / 2);
            for (int commit : isOfAPart(pipeline, step) ? List.of(middle) : List.of(middle, NEVER)) {
                Said said = child(killed, "run", pipeline, step, String.valueOf(commit));
                assertThat(said.lines("killed"))
                        .as("%s of %s: %s", step, pipeline, said.output())
                        .hasSize(1);
                kills.addAll(said.lines("killed"));
            }
        }
        Said ended = child(killed, "run", pipeline);

        assertThat(ended.lines("ended")).as(ended.output()).containsExactly("completed null");
        assertThat(kills).hasSizeGreaterThanOrEqualTo(commits.size());
        assertThat(ended.facts()).as("after kills in %s", kills).isEqualTo(undisturbed.facts());
        assertThat(ended.facts().get("registry files without a row")).isEqualTo("[]");
        assertThat(ended.facts().get("files")).doesNotContain(".part");
    }

    /** Of the steps that a pipeline has from its parts, one kill is enough: the parts' own runs get the other. */
    private static boolean isOfAPart(String pipeline, String step) {
        List<String> own = Objects.requireNonNull(STEPS.get(pipeline));
        return STEPS.values().stream().anyMatch(other -> other.size() < own.size() && other.contains(step));
    }

    private static Said child(String name, String... command) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(FOLDER.resolve(name));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "org.controlroom.api.boot.PipelineChild",
                folder.resolve("state").toString(),
                Distribution.home().resolve("plugins").toString(),
                FOLDER.resolve("catalogue").toString()));
        line.addAll(List.of(command));
        Path output = folder.resolve("last.out");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(6, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(line + " did not end: " + Files.readString(output));
        }
        return new Said(Files.readString(output));
    }

    private static void copy(String from, String to) throws IOException {
        Path source = FOLDER.resolve(from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = FOLDER.resolve(to).resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static Path unpack(Path war, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (ZipEntry entry :
                    zip.stream().filter(each -> !each.isDirectory()).toList()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
        return folder;
    }

    private static List<String> jars(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar")
                            && folder.relativize(Path.of(file)).toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** Of classes that a small model tells apart, so that it is promoted. */
    private static void catalogue() throws IOException {
        Path folder = Files.createDirectories(FOLDER.resolve("catalogue"));
        Files.writeString(
                folder.resolve("X_train_update.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> i + "," + title(i) + ",modele " + i * 7 + " neuf," + (1000 + i) + ",\n")
                        .collect(Collectors.joining("", ",designation,description,productid,imageid\n", "")));
        Files.writeString(
                folder.resolve("Y_train_CVw08PX.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(i -> i + "," + CLASSES[i % CLASSES.length] + "\n")
                        .collect(Collectors.joining("", ",prdtypecode\n", "")));
    }

    private static String title(int row) {
        String[] words = WORDS[row % CLASSES.length].split(" ");
        return words[row / 5 % words.length] + " " + words[row / 7 % words.length] + " " + words[row / 3 % words.length]
                + " " + row;
    }
}
