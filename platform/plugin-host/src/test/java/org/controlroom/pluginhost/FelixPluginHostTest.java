package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.controlroom.pluginhost.HostAssertions.assertFails;
import static org.controlroom.pluginhost.HostAssertions.label;
import static org.controlroom.pluginhost.HostAssertions.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.model.PluginState.Status;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.UpdateMode;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Setting;
import org.controlroom.spi.SettingsSchema;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FelixPluginHostTest {

    private static final String ID = "classifier-test";
    private static final String SETTINGS_SOURCE = """
            @org.osgi.service.metatype.annotations.ObjectClassDefinition(name = "Test classifier", description = "For tests.")
            @interface TestSettings {
                @org.osgi.service.metatype.annotations.AttributeDefinition(name = "Size", min = "1", max = "10")
                int size() default 5;
                @org.osgi.service.metatype.annotations.AttributeDefinition(name = "Most")
                int most() default 9;
                @org.osgi.service.metatype.annotations.AttributeDefinition(
                    name = "Key", type = org.osgi.service.metatype.annotations.AttributeType.PASSWORD)
                String apiKey() default "none";
            }
            """;

    @TempDir
    static Path jars;

    private static Path v1;
    private static Path v2;
    private static Path withSettings;

    @TempDir
    Path folder;

    private FelixPluginHost host;

    @BeforeAll
    static void build() throws Exception {
        v1 = TestBundle.classifier("org.test." + ID, ID).build(jars, "1.0.0");
        v2 = TestBundle.withVersion(v1, jars, "2.0.0");
        String source = TestBundle.classifierSource("classifier-set", "", SETTINGS_SOURCE)
                .replace("implements ClassifierTrainer {", """
                        implements ClassifierTrainer, ChecksSettings {
                            @Override public java.util.List<Problem> check(Settings s) {
                                int size = Integer.parseInt(s.values().get("size"));
                                int most = Integer.parseInt(s.values().get("most"));
                                return size <= most ? java.util.List.of()
                                    : java.util.List.of(new Problem("size", size + " is above most=" + most));
                            }
                        """);
        source = source.replace("@Component", "@Component(service = ClassifierTrainer.class)");
        withSettings = TestBundle.named("org.test.classifier-set")
                .source("test.plugin.TestTrainer", source)
                .build(jars, "1.0.0");
    }

    @BeforeEach
    void open() {
        host = FelixPluginHost.open(
                PluginHostOptions.of(folder.resolve("plugins"), null).withDrainTimeout(Duration.ofMillis(300)));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void restart() {
        host.close();
        open();
    }

    @Test
    void anInstalledPluginIsLeasedAndCalled() {
        PluginState state = host.install(v1);

        assertThat(state.status()).as(state.reason()).isEqualTo(Status.ACTIVE);
        assertThat(state.reason()).isEmpty();
        assertThat(state.id()).isEqualTo(ID);
        assertThat(state.kind()).isEqualTo("classifier");
        assertThat(label(host, ID, "0")).isEqualTo(TestBundle.number("1.0.0"));
        try (Plugins.Lease<ClassifierTrainer> lease = host.lease(ClassifierTrainer.class, ID, "[1.0.0,2.0.0)")) {
            assertThat(lease.version()).isEqualTo("1.0.0");
            assertThat(lease.bundle()).isEqualTo("org.test." + ID);
        }
    }

    @Test
    void twoVersionsRunSideBySideAndTheHighestInTheRangeIsLeased() {
        host.install(v1);
        host.install(v2);

        assertThat(versions(host, ID)).containsExactly("2.0.0 ACTIVE", "1.0.0 ACTIVE");
        assertThat(label(host, ID, "0")).isEqualTo(2_000_000);
        assertThat(label(host, ID, "[1.0.0,2.0.0)")).isEqualTo(1_000_000);
        assertThat(label(host, ID, "[2.0.0,3.0.0)")).isEqualTo(2_000_000);
    }

    @Test
    void aMissingPluginIsNamedWithItsRangeAndWhatIsInstalled() {
        host.install(v1);

        assertFails(() -> label(host, ID, "[3.0.0,4.0.0)"), ErrorCode.PLUGIN_MISSING, ID, "[3.0.0,4.0.0)", "1.0.0");
        assertFails(() -> label(host, "classifier-none", "0"), ErrorCode.PLUGIN_MISSING, "classifier-none", ID);
        assertFails(
                () -> host.lease(FeatureExtractorFactory.class, ID, "0"),
                ErrorCode.PLUGIN_MISSING,
                "FeatureExtractorFactory");
        assertFails(() -> label(host, ID, "[1,"), ErrorCode.INVALID_INPUT, "[1,");
    }

    @Test
    void installingTheSameJarTwiceChangesNothingAndOtherContentIsAConflict() throws Exception {
        host.install(v1);
        assertThat(host.install(v1).status()).isEqualTo(Status.ACTIVE);
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");

        Path other = TestBundle.withVersion(v2, Files.createDirectory(folder.resolve("other")), "1.0.0");
        Files.write(folder.resolve("x"), new byte[] {1});
        Path changed = TestBundle.withEntry(other, "extra.txt", "x");
        assertFails(() -> host.install(changed), ErrorCode.CONFLICT, "1.0.0", "other content");
    }

    @Test
    void aPluginThatIsLeasedIsNeitherStoppedNorRemovedAndKeepsServing() {
        host.install(v1);
        try (Plugins.Lease<ClassifierTrainer> lease = host.lease(ClassifierTrainer.class, ID, "0")) {
            assertFails(() -> host.stop(ID, "1.0.0"), ErrorCode.PLUGIN_IN_USE, "1 uses", "300 ms");
            assertFails(() -> host.remove(ID, "1.0.0"), ErrorCode.PLUGIN_IN_USE, ID);
            assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
            assertThat(lease.version()).isEqualTo("1.0.0");
        }
        assertThat(host.stop(ID, "1.0.0").status()).isEqualTo(Status.STOPPED);
    }

    @Test
    void closingALeaseTwiceGivesBackOneUse() {
        host.install(v1);
        Plugins.Lease<ClassifierTrainer> first = host.lease(ClassifierTrainer.class, ID, "0");
        Plugins.Lease<ClassifierTrainer> second = host.lease(ClassifierTrainer.class, ID, "0");
        first.close();
        first.close();

        assertFails(() -> host.stop(ID, "1.0.0"), ErrorCode.PLUGIN_IN_USE, "1 uses");
        second.close();
        host.stop(ID, "1.0.0");
    }

    @Test
    void aPluginThatAListenerNeedsIsNotStoppedAndItsUserIsNamed() {
        host.install(v1);
        host.addListener(new FakeListener(host, ID) {
            @Override
            public List<String> modelsOn(String pluginId, String version) {
                return version.equals("1.0.0") ? List.of("rakuten_classifier 3") : List.of();
            }
        });

        assertFails(() -> host.stop(ID, "1.0.0"), ErrorCode.PLUGIN_IN_USE, "live model rakuten_classifier 3");
        assertFails(() -> host.remove(ID, "1.0.0"), ErrorCode.PLUGIN_IN_USE, "live model rakuten_classifier 3");
        assertThat(host.list().get(0).usedBy()).containsExactly("live model rakuten_classifier 3");
    }

    @Test
    void stoppedStaysStoppedOverARestartUntilStarted() {
        host.install(v1);
        host.install(v2);
        host.stop(ID, "2.0.0");
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);

        restart();
        assertThat(versions(host, ID)).containsExactly("2.0.0 STOPPED", "1.0.0 ACTIVE");
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);

        assertThat(host.start(ID, "2.0.0").status()).isEqualTo(Status.ACTIVE);
        assertThat(label(host, ID, "0")).isEqualTo(2_000_000);
        restart();
        assertThat(versions(host, ID)).containsExactly("2.0.0 ACTIVE", "1.0.0 ACTIVE");
    }

    @Test
    void removedIsGoneWithItsJar() {
        host.install(v1);
        host.remove(ID, "1.0.0");

        assertThat(host.list()).isEmpty();
        assertThat(folder.resolve("plugins/jars")).isEmptyDirectory();
        assertFails(() -> host.remove(ID, "1.0.0"), ErrorCode.NOT_FOUND, ID, "1.0.0");
        restart();
        assertThat(host.list()).isEmpty();
    }

    @Test
    void aPluginThatIsNotThereIsSaidToBeMissingOnce() {
        assertThatThrownBy(() -> host.remove(ID, "1.0.0"))
                .hasMessage("plugin " + ID + " 1.0.0: is not installed; installed plugins are: none");
        host.install(v1);
        assertThatThrownBy(() -> host.remove(ID, "3.0.0"))
                .hasMessage("plugin " + ID + " 3.0.0: is not installed; installed: 1.0.0");
        assertThatThrownBy(() -> host.remove("classifier-none", "1.0.0"))
                .hasMessage("plugin classifier-none 1.0.0: is not installed; installed plugins are: " + ID);
        assertThatThrownBy(() -> host.configure("classifier-none", Map.of()))
                .hasMessage("plugin classifier-none: is not installed; installed plugins are: " + ID);
    }

    @Test
    void anUpdateMustBeNewerThanAnInstalledVersion() {
        assertFails(() -> host.update(ID, v1, UpdateMode.BLUE_GREEN), ErrorCode.PLUGIN_MISSING, ID);
        host.install(v2);
        assertFails(() -> host.update(ID, v1, UpdateMode.BLUE_GREEN), ErrorCode.CONFLICT, "1.0.0", "2.0.0");
        assertFails(() -> host.update(ID, v2, UpdateMode.IN_PLACE), ErrorCode.CONFLICT, "2.0.0");
        assertFails(
                () -> host.update("classifier-other", v2, UpdateMode.IN_PLACE),
                ErrorCode.CONFLICT,
                ID,
                "classifier-other");
        assertThat(versions(host, ID)).containsExactly("2.0.0 ACTIVE");
    }

    @Test
    void settingsAreDescribedCheckedStoredAndKeptOverARestart() {
        PluginState state = host.install(withSettings);
        assertThat(state.settings().name()).isEqualTo("Test classifier");
        assertThat(state.settings().settings()).hasSize(3);
        assertThat(host.completeSettings("classifier-set", Map.of()).values())
                .containsEntry("size", "5")
                .containsEntry("most", "9");

        host.configure("classifier-set", Map.of("size", "7", "apiKey", "hidden"));
        assertThat(host.completeSettings("classifier-set", Map.of()).values()).containsEntry("size", "7");
        assertThat(host.completeSettings("classifier-set", Map.of("size", "8")).values())
                .containsEntry("size", "8")
                .containsEntry("apiKey", "hidden");

        restart();
        assertThat(host.completeSettings("classifier-set", Map.of()).values()).containsEntry("size", "7");

        host.configure("classifier-set", Map.of());
        restart();
        assertThat(host.completeSettings("classifier-set", Map.of()).values()).containsEntry("size", "5");
    }

    @Test
    void settingsAreDescribedInTheLanguagesOfTheJarAlsoAfterARestart() throws IOException {
        Path spoken = TestBundle.rewrite(
                withSettings,
                folder.resolve("spoken.jar"),
                headers -> {},
                "OSGI-INF/l10n/settings_fr.properties",
                "name=Classifieur d'essai\nsize.name=Taille réelle\n");
        host.install(spoken);
        for (int start = 0; start < 2; start++) {
            PluginState state = host.list().get(0);
            SettingsSchema french = state.texts().in(List.of(Locale.FRENCH), state.settings());
            assertThat(french.name()).isEqualTo("Classifieur d'essai");
            assertThat(french.settings()).extracting(Setting::name).contains("Taille réelle", "Most");
            assertThat(state.settings().name()).isEqualTo("Test classifier");
            restart();
        }
    }

    @Test
    void wrongSettingsAreRefusedAllAtOnceAndNothingIsStored() {
        host.install(withSettings);

        assertFails(
                () -> host.configure("classifier-set", Map.of("size", "11", "sise", "3")),
                ErrorCode.SETTINGS_INVALID,
                "'11' is out of range; must be 1..10",
                "sise");
        assertFails(
                () -> host.completeSettings("classifier-set", Map.of("size", "8", "most", "6")),
                ErrorCode.SETTINGS_INVALID,
                "8 is above most=6");
        assertFails(
                () -> host.configure("classifier-set", Map.of("size", "8", "most", "6")),
                ErrorCode.SETTINGS_INVALID,
                "8 is above most=6");
        assertThat(host.completeSettings("classifier-set", Map.of()).values()).containsEntry("size", "5");
        assertFails(() -> host.configure("classifier-none", Map.of()), ErrorCode.PLUGIN_MISSING, "classifier-none");
    }

    @Test
    void aSecretIsMaskedWhereSettingsArePrinted() {
        host.install(withSettings);
        host.configure("classifier-set", Map.of("apiKey", "hidden-value"));

        assertThat(host.completeSettings("classifier-set", Map.of()).toString()).doesNotContain("hidden-value");
    }

    @Test
    void aSecondHostOnTheSameFolderIsRefused() {
        assertThatThrownBy(() -> FelixPluginHost.open(PluginHostOptions.of(folder.resolve("plugins"), null)))
                .hasMessageContaining("in use by another server");
    }

    @Test
    void aDestroyedFrameworkCacheIsOfNoConsequence() throws Exception {
        host.install(v1);
        host.close();
        try (var files = Files.walk(folder.resolve("plugins/framework"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        open();
        assertThat(label(host, ID, "0")).isEqualTo(1_000_000);
    }

    @Test
    void aDamagedOrMissingJarIsReportedAndRepairedByUploadingItAgain() throws Exception {
        host.install(v1);
        host.install(v2);
        host.close();
        for (Path jar : HostAssertions.files(folder.resolve("plugins/jars"))) {
            if (jar.toString().contains("_1.0.0_")) {
                byte[] bytes = Files.readAllBytes(jar);
                bytes[bytes.length / 2] ^= 1;
                Files.write(jar, bytes);
            } else {
                Files.delete(jar);
            }
        }
        open();

        assertThat(versions(host, ID)).containsExactly("2.0.0 FAILED", "1.0.0 FAILED");
        assertThat(host.list().get(0).reason()).contains("missing", "upload it again");
        assertThat(host.list().get(1).reason()).contains("damaged", "SHA-256", "upload it again");
        host.install(v1);
        host.install(v2);
        assertThat(versions(host, ID)).containsExactly("2.0.0 ACTIVE", "1.0.0 ACTIVE");
        restart();
        assertThat(versions(host, ID)).containsExactly("2.0.0 ACTIVE", "1.0.0 ACTIVE");
    }

    @Test
    void aDamagedListIsRebuiltFromTheKeptJars() throws Exception {
        host.install(v1);
        host.install(v2);
        host.close();
        Path list = folder.resolve("plugins/installed.tsv");
        Files.writeString(list, Files.readString(list).replace("2.0.0", "2.0.1"));
        open();

        assertThat(versions(host, ID)).containsExactly("2.0.0 ACTIVE", "1.0.0 ACTIVE");
        assertThat(folder.resolve("plugins/installed.tsv.damaged")).exists();
    }
}
