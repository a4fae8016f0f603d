package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.controlroom.pluginhost.HostAssertions.assertFails;
import static org.controlroom.pluginhost.HostAssertions.label;
import static org.controlroom.pluginhost.HostAssertions.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginCheck;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.UpdateMode;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Taking an update back, and what is known of a jar and of a version's calls. */
class RestoreTest {

    private static final String ID = "classifier-test";

    @TempDir
    static Path jars;

    private static Path v1;

    @TempDir
    Path folder;

    private FelixPluginHost host;

    @BeforeAll
    static void build() {
        v1 = TestBundle.classifier("org.test." + ID, ID).build(jars, "1.0.0");
    }

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("bundled"));
        host = FelixPluginHost.open(PluginHostOptions.of(folder.resolve("plugins"), folder.resolve("bundled"))
                .withDrainTimeout(Duration.ofMillis(300)));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void restart() throws IOException {
        host.close();
        open();
    }

    private static Path version(String version) throws IOException {
        return TestBundle.withVersion(v1, jars, version);
    }

    private List<String> kept() {
        return host.kept().stream().map(KeptPlugin::version).toList();
    }

    @ParameterizedTest
    @EnumSource
    void aReplacedVersionIsPutBackAlsoAfterARestartAndTheUpdateCanBeDoneAgain(UpdateMode mode) throws IOException {
        host.install(v1);
        host.update(ID, version("1.1.0"), mode);
        assertThat(kept()).containsExactly("1.0.0");
        restart();
        assertThat(versions(host, ID)).containsExactly("1.1.0 ACTIVE");

        assertThat(host.restore(ID, "1.0.0", mode).version()).isEqualTo("1.0.0");
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
        assertThat(kept()).containsExactly("1.1.0");

        host.restore(ID, "1.1.0", mode);
        restart();
        assertThat(versions(host, ID)).containsExactly("1.1.0 ACTIVE");
        assertThat(kept()).containsExactly("1.0.0");
    }

    @Test
    void whatTheUserTookBackDoesNotReturnWithTheDistribution() throws IOException {
        host.install(v1);
        Files.copy(version("1.1.0"), folder.resolve("bundled/p.jar"), StandardCopyOption.REPLACE_EXISTING);
        host.close();
        open();
        assertThat(versions(host, ID)).containsExactly("1.1.0 ACTIVE", "1.0.0 ACTIVE");
        host.remove(ID, "1.0.0");
        host.update(ID, version("1.2.0"), UpdateMode.BLUE_GREEN);
        host.restore(ID, "1.1.0", UpdateMode.BLUE_GREEN);
        host.stop(ID, "1.1.0");
        host.start(ID, "1.1.0");
        Files.copy(version("1.2.0"), folder.resolve("bundled/p.jar"), StandardCopyOption.REPLACE_EXISTING);
        restart();

        assertThat(versions(host, ID)).containsExactly("1.1.0 ACTIVE");
    }

    @Test
    void threeReplacedVersionsAreKeptAndRemovingThePluginLetsThemGo() throws IOException {
        host.install(v1);
        for (String next : List.of("1.1.0", "1.2.0", "1.3.0", "1.4.0")) {
            host.update(ID, version(next), UpdateMode.BLUE_GREEN);
        }
        assertThat(kept()).containsExactly("1.3.0", "1.2.0", "1.1.0");
        assertFails(() -> host.restore(ID, "1.0.0", UpdateMode.BLUE_GREEN), ErrorCode.NOT_FOUND, "1.0.0", "1.3.0");

        host.remove(ID, "1.4.0");
        assertThat(kept()).isEmpty();
        assertThat(folder.resolve("plugins/kept")).isEmptyDirectory();
        assertThat(folder.resolve("plugins/jars")).isEmptyDirectory();
    }

    @Test
    void aPutBackThatAListenerCannotFollowIsUndone() throws IOException {
        host.install(v1);
        host.update(ID, version("1.1.0"), UpdateMode.BLUE_GREEN);
        host.addListener(new FakeListener(host, ID) {
            @Override
            public void replaced(String pluginId, String oldVersion, String newVersion) {
                if (newVersion.equals("1.0.0")) {
                    throw new IllegalStateException("the model needs 1.1.0");
                }
            }
        });

        assertFails(
                () -> host.restore(ID, "1.0.0", UpdateMode.BLUE_GREEN),
                ErrorCode.PLUGIN_FAILED,
                "was undone",
                "the model needs 1.1.0");
        assertThat(versions(host, ID).get(0)).isEqualTo("1.1.0 ACTIVE");
        assertThat(label(host, ID, "0")).isEqualTo(1_001_000);
        assertThat(kept()).containsExactly("1.0.0");
    }

    @Test
    void callsAndErrorsAreCountedForEachVersionAndStayKnownAfterAnUpdate() throws IOException {
        host.install(v1);
        try (Plugins.Lease<ClassifierTrainer> lease = host.lease(ClassifierTrainer.class, ID, "0")) {
            lease.count(true);
            lease.count(true);
            lease.count(false);
            assertThat(host.list().get(0))
                    .extracting("leases", "calls", "errors")
                    .containsExactly(1L, 3L, 1L);
        }
        host.update(ID, version("1.1.0"), UpdateMode.BLUE_GREEN);

        assertThat(host.calls())
                .containsExactly(new PluginCalls(ID, "1.1.0", 0, 0, 0), new PluginCalls(ID, "1.0.0", 0, 3, 1));
    }

    @Test
    void aCheckSaysWhatTheJarHoldsAndInstallsNothing() throws IOException {
        PluginCheck first = host.check(v1);
        assertThat(first.action()).isEqualTo(PluginCheck.Action.INSTALL);
        assertThat(first.problems()).isEmpty();
        assertThat(first.needs())
                .isNotEmpty()
                .allMatch(PluginCheck.Need::met)
                .anySatisfy(need -> assertThat(need.text()).contains("package org.controlroom.spi.classify ["));
        assertThat(host.list()).isEmpty();

        host.install(v1);
        assertThat(host.check(v1).action()).isEqualTo(PluginCheck.Action.NONE);
        assertThat(host.check(version("1.1.0")))
                .extracting("action", "installed")
                .containsExactly(PluginCheck.Action.UPDATE, List.of("1.0.0"));
        assertThat(host.check(version("0.9.0")).action()).isEqualTo(PluginCheck.Action.BESIDE);
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
    }

    @Test
    void aCheckNamesWhatIsMissing() throws IOException {
        Path lacking = TestBundle.rewrite(
                v1,
                jars.resolve("lacking.jar"),
                headers -> headers.putValue(
                        "Import-Package", headers.getValue("Import-Package") + ",org.nowhere;version=\"[2,3)\""),
                "x.txt",
                "x");

        PluginCheck check = host.check(lacking);
        assertThat(check.action()).isEqualTo(PluginCheck.Action.REFUSED);
        assertThat(check.problems()).singleElement().asString().contains("org.nowhere", "no installed plugin exports");
        assertFails(() -> host.install(lacking), ErrorCode.PLUGIN_INVALID, "org.nowhere");
    }
}
