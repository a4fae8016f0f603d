package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.controlroom.pluginhost.HostAssertions.assertFails;
import static org.controlroom.pluginhost.HostAssertions.label;
import static org.controlroom.pluginhost.HostAssertions.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.model.PluginState.Status;
import org.controlroom.core.port.Plugins.UpdateMode;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of plugins that comes with the distribution, over restarts and upgrades. */
class DistributionTest {

    private static final String ID = "classifier-dist";

    @TempDir
    static Path jars;

    private static Path v1;

    @TempDir
    Path folder;

    private Path bundled;
    private FelixPluginHost host;

    @BeforeAll
    static void build() {
        v1 = TestBundle.classifier("org.test." + ID, ID).build(jars, "1.0.0");
    }

    @BeforeEach
    void open() throws IOException {
        bundled = Files.createDirectories(folder.resolve("bundled"));
        ship("1.0.0");
        host = start();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private FelixPluginHost start() {
        return FelixPluginHost.open(PluginHostOptions.of(folder.resolve("plugins"), bundled));
    }

    private void restart() {
        host.close();
        host = start();
    }

    private void ship(String version) throws IOException {
        for (Path old : HostAssertions.files(bundled)) {
            Files.delete(old);
        }
        Path jar = TestBundle.withVersion(v1, jars, version);
        Files.copy(jar, bundled.resolve("plugin.jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static PluginState only(Supplier<FelixPluginHost> host) {
        assertThat(host.get().list()).hasSize(1);
        return host.get().list().get(0);
    }

    @Test
    void aShippedPluginIsThereFromTheFirstStart() {
        PluginState state = only(() -> host);
        assertThat(state.bundled()).isTrue();
        assertThat(state.status()).as(state.reason()).isEqualTo(Status.ACTIVE);
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
        restart();
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void aNewerShippedVersionTakesThePlaceOfTheOlderInTheSameMajor() throws IOException {
        ship("1.1.0");
        restart();
        assertThat(versions(host, ID)).containsExactly("1.1.0 ACTIVE");
        assertThat(label(host, ID, "[1.0.0,2.0.0)")).isEqualTo(TestBundle.number("1.1.0"));
    }

    @Test
    void aNewMajorVersionStandsBesideTheOldOne() throws IOException {
        ship("2.0.0");
        restart();
        assertThat(versions(host, ID)).containsExactly("2.0.0 ACTIVE", "1.0.0 ACTIVE");
    }

    @Test
    void aStoppedPluginStaysStoppedThroughAnUpgrade() throws IOException {
        host.stop(ID, "1.0.0");
        restart();
        assertThat(versions(host, ID)).containsExactly("1.0.0 STOPPED");
        ship("1.1.0");
        restart();
        assertThat(versions(host, ID)).containsExactly("1.1.0 STOPPED", "1.0.0 STOPPED");
    }

    @Test
    void aRemovedPluginStaysRemovedThroughAnUpgrade() throws IOException {
        host.remove(ID, "1.0.0");
        restart();
        assertThat(host.list()).isEmpty();
        ship("1.1.0");
        restart();
        assertThat(host.list()).isEmpty();

        host.install(TestBundle.withVersion(v1, jars, "1.1.0"));
        restart();
        assertThat(versions(host, ID)).containsExactly("1.1.0 ACTIVE");
    }

    @Test
    void anUploadedUpdateIsNotUndoneByTheOlderShippedVersion() throws IOException {
        host.update(ID, TestBundle.withVersion(v1, jars, "1.2.0"), UpdateMode.BLUE_GREEN);
        restart();
        assertThat(versions(host, ID)).containsExactly("1.2.0 ACTIVE");
    }

    @Test
    void aRebuiltJarOfTheSameVersionReplacesTheShippedOne() throws IOException {
        String before = only(() -> host).sha256();
        TestBundle.withEntry(bundled.resolve("plugin.jar"), "rebuilt.txt", "yes");
        restart();
        PluginState state = only(() -> host);
        assertThat(state.sha256()).isNotEqualTo(before);
        assertThat(state.status()).as(state.reason()).isEqualTo(Status.ACTIVE);
        assertThat(HostAssertions.files(folder.resolve("plugins/jars"))).hasSize(1);
    }

    @Test
    void aDamagedKeptJarIsTakenFromTheDistributionAgain() throws IOException {
        host.close();
        for (Path jar : HostAssertions.files(folder.resolve("plugins/jars"))) {
            Files.write(jar, new byte[] {1, 2, 3});
        }
        host = start();
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
    }

    @Test
    void aDamagedShippedJarIsReportedAndTheOthersRun() throws IOException {
        Files.writeString(bundled.resolve("extractor-bad.jar"), "no zip");
        restart();
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
        assertThat(versions(host, "extractor-bad")).containsExactly("0.0.0 FAILED");
        assertThat(host.list().get(1).reason()).contains("no zip", bundled.toString());
    }

    @Test
    void aSecondShippedBundleWithTheSameIdIsFailedNamingBothPlaces() throws IOException {
        Path thief = TestBundle.classifier("org.other.thief", ID).build(folder, "5.0.0");
        Files.copy(thief, bundled.resolve("thief.jar"));
        restart();

        assertThat(versions(host, ID)).containsExactly("5.0.0 FAILED", "1.0.0 ACTIVE");
        assertThat(host.list().get(0).reason())
                .contains(
                        "org.test." + ID,
                        "plugins/jars/org.test." + ID + "_1.0.0",
                        "org.other.thief",
                        bundled.resolve("thief.jar").toString());
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
        host.update(ID, TestBundle.withVersion(v1, jars, "1.0.1"), UpdateMode.BLUE_GREEN);
        assertFails(() -> host.stop(ID, "5.0.0"), ErrorCode.CONFLICT, "never started");
        host.remove(ID, "5.0.0");
        assertThat(versions(host, ID)).containsExactly("1.0.1 ACTIVE");
    }

    @Test
    void aShippedPluginThatDoesNotStartIsFailedWithItsReasonAndTheOlderOneServes() throws IOException {
        String body = "@Activate public TestTrainer() { throw new IllegalStateException(\"no licence\"); }";
        Path broken = TestBundle.named("org.test." + ID)
                .source("test.plugin.TestTrainer", TestBundle.classifierSource(ID, body, ""))
                .build(folder, "1.3.0");
        Files.copy(broken, bundled.resolve("plugin.jar"), StandardCopyOption.REPLACE_EXISTING);
        restart();

        assertThat(versions(host, ID)).containsExactly("1.3.0 FAILED", "1.0.0 ACTIVE");
        assertThat(host.list().get(0).reason()).contains("failed to activate", "no licence");
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
        assertFails(() -> label(host, ID, "[1.3.0,2.0.0)"), ErrorCode.PLUGIN_MISSING, "no licence");
    }
}
