package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.controlroom.pluginhost.HostAssertions.label;
import static org.controlroom.pluginhost.HostAssertions.versions;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.controlroom.core.port.Plugins.UpdateMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

/** The machine may die at any moment of an update; the next start finds the old or the new version, and it works. */
class KilledHostTest {

    private static final String ID = "classifier-killed";
    private static final int UPDATES = 60;

    @TempDir
    static Path jars;

    private static Path first;
    private static final List<String> NEWER = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void build() throws Exception {
        String body = """
                @Activate public TestTrainer() { haltAt("activate"); }
                @Deactivate public void halting() { haltAt("deactivate"); deactivate(); }
                private static void haltAt(String where) {
                    if (where.equals(System.getProperty("test.halt"))) {
                        try (InputStream in = TestTrainer.class.getResourceAsStream("/version.txt")) {
                            if (new String(in.readAllBytes()).equals(System.getProperty("test.halt.version"))) {
                                Runtime.getRuntime().halt(77);
                            }
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
                """;
        String source = TestBundle.classifierSource(ID, body, "")
                .replace("@Deactivate public void deactivate", "public void deactivate");
        first = TestBundle.named("org.test." + ID)
                .source("test.plugin.TestTrainer", source)
                .build(jars, "1.0.0");
        for (int i = 1; i <= UPDATES; i++) {
            NEWER.add(TestBundle.withVersion(first, jars, "1.0." + i).toString());
        }
    }

    @BeforeEach
    void installFirst() {
        try (FelixPluginHost host = open()) {
            host.install(first);
        }
    }

    private FelixPluginHost open() {
        return FelixPluginHost.open(PluginHostOptions.of(storage(), null));
    }

    private Path storage() {
        return folder.resolve("plugins");
    }

    private Process start(UpdateMode mode, String listenerHalts, List<String> jvmArguments, List<String> updates)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), UpdatingProcess.class.getName()));
        command.addAll(List.of(storage().toString(), mode.name(), listenerHalts));
        command.addAll(updates);
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    /** The list is replaced after the users moved and before the old version is taken down. */
    @ParameterizedTest
    @CsvSource({
        "BLUE_GREEN, activate,   1.0.0",
        "BLUE_GREEN, replaced,   1.0.0",
        "BLUE_GREEN, deactivate, 1.0.1",
        "IN_PLACE,   suspend,    1.0.0",
        "IN_PLACE,   deactivate, 1.0.0",
        "IN_PLACE,   activate,   1.0.0",
        "IN_PLACE,   resume,     1.0.0",
    })
    void aProcessThatHaltsInAnUpdateLeavesOneWorkingVersion(UpdateMode mode, String where, String expected)
            throws Exception {
        int haltingVersion = TestBundle.number(where.equals("activate") ? "1.0.1" : "1.0.0");
        Process process = start(
                mode,
                where,
                List.of("-Dtest.halt=" + where, "-Dtest.halt.version=" + haltingVersion),
                NEWER.subList(0, 1));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(UpdatingProcess.HALTED);
        assertThat(storage().resolve("survived")).doesNotExist();

        assertOneWorkingVersion(expected);
    }

    @Test
    void aKilledProcessLosesNoUpdateThatWasDone() throws Exception {
        String last = "1.0.0";
        int done = 0;
        for (int round = 1; round <= 3; round++) {
            Process process = start(
                    round == 2 ? UpdateMode.IN_PLACE : UpdateMode.BLUE_GREEN,
                    "never",
                    List.of(),
                    NEWER.subList(done, NEWER.size()));
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                int read = 0;
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    last = line;
                    if (++read == 5 * round) {
                        process.toHandle().destroyForcibly(); // kill -9, while the next update is under way
                    }
                }
            }
            process.waitFor();
            assertThat(storage().resolve("survived")).doesNotExist();
            try (FelixPluginHost host = open()) {
                assertThat(host.list()).hasSize(1);
                String found = host.list().get(0).version();
                assertThat(new Version(found)).isGreaterThanOrEqualTo(new Version(last));
                assertThat(label(host, ID, "0")).isEqualTo(TestBundle.number(found));
                done = new Version(found).getMicro();
            }
        }
        assertOneWorkingVersion("1.0." + done);
    }

    private void assertOneWorkingVersion(String expected) throws Exception {
        try (FelixPluginHost host = open()) {
            assertThat(versions(host, ID)).containsExactly(expected + " ACTIVE");
            assertThat(label(host, ID, "0")).isEqualTo(TestBundle.number(expected));
            assertThat(HostAssertions.files(storage().resolve("jars"))).hasSize(1);
            assertThat(HostAssertions.files(storage().resolve("incoming"))).isEmpty();

            int next = new Version(expected).getMicro() + 1;
            host.update(ID, Path.of(NEWER.get(next - 1)), UpdateMode.BLUE_GREEN);
            assertThat(label(host, ID, "0")).isEqualTo(TestBundle.number("1.0." + next));
        }
    }
}
