package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.controlroom.pluginhost.HostAssertions.assertFails;
import static org.controlroom.pluginhost.HostAssertions.versions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.zip.ZipFile;
import org.controlroom.core.model.PluginState.Status;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginPrecheckTest {

    private static final String ID = "classifier-checked";

    @TempDir
    static Path jars;

    private static Path good;

    @TempDir
    Path folder;

    private FelixPluginHost host;

    @BeforeAll
    static void build() {
        good = TestBundle.classifier("org.test." + ID, ID).build(jars, "1.0.0");
    }

    @BeforeEach
    void open() {
        host = FelixPluginHost.open(PluginHostOptions.of(folder.resolve("plugins"), null));
    }

    @AfterEach
    void nothingIsLeftOfARefusedJar() throws Exception {
        assertThat(HostAssertions.files(folder.resolve("plugins/incoming"))).isEmpty();
        assertThat(HostAssertions.files(folder.resolve("plugins/jars")))
                .hasSize(host.list().size());
        host.close();
    }

    private Path with(java.util.function.Consumer<Attributes> headers) throws Exception {
        return TestBundle.rewrite(good, folder.resolve("changed.jar"), headers, "version.txt", "1");
    }

    @Test
    void aFileThatIsNoZipIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("plugin.jar"), "this is no zip file");
        assertFails(() -> host.install(text), ErrorCode.PLUGIN_INVALID, "plugin.jar", "is no zip file");
        Path empty = Files.createFile(folder.resolve("empty.jar"));
        assertFails(() -> host.install(empty), ErrorCode.PLUGIN_INVALID, "empty.jar", "is no zip file");
        assertFails(() -> host.install(folder.resolve("none.jar")), ErrorCode.PLUGIN_INVALID, "none.jar");
        assertFails(() -> host.install(folder), ErrorCode.PLUGIN_INVALID, "is not a file");
    }

    @Test
    void aCutOffJarIsRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(good);
        Path cut = Files.write(folder.resolve("cut.jar"), java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
        assertFails(() -> host.install(cut), ErrorCode.PLUGIN_INVALID, "cut.jar", "is no zip file");
    }

    /** Flips one bit at a time: each jar is refused, or the flip is outside of what is read and the plugin works. */
    @Test
    void noFlippedBitInAnyEntryIsAccepted() throws Exception {
        byte[] bytes = Files.readAllBytes(good);
        int dataEnd;
        try (ZipFile zip = new ZipFile(good.toFile())) {
            long largest =
                    zip.stream().mapToLong(e -> e.getCompressedSize()).max().orElseThrow();
            dataEnd = (int) Math.min(bytes.length / 2, largest * 2);
        }
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(dataEnd)] ^= (byte) (1 << random.nextInt(8));
            Path jar = Files.write(folder.resolve("flipped.jar"), flipped);
            try {
                assertThat(host.install(jar).status()).isEqualTo(Status.ACTIVE);
                assertThat(HostAssertions.label(host, ID, "0")).isEqualTo(1_000_000);
                host.remove(ID, "1.0.0");
            } catch (ControlRoomException e) {
                assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.PLUGIN_INVALID);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void aJarAboveTheLimitIsRefused() {
        host.close();
        host = FelixPluginHost.open(
                PluginHostOptions.of(folder.resolve("plugins"), null).withMaxJarBytes(1_000));
        assertFails(() -> host.install(good), ErrorCode.TOO_LARGE, "at most 1000 bytes");
    }

    @Test
    void aJarThatExpandsBeyondAllMeasureIsRefused() throws Exception {
        Path bomb = TestBundle.rewrite(good, folder.resolve("bomb.jar"), h -> {}, "zeros", "0".repeat(4 << 20));
        assertFails(() -> host.install(bomb), ErrorCode.PLUGIN_INVALID, "bomb.jar", "expands to more than");
    }

    @Test
    void anEntryOutsideTheJarIsRefused() throws Exception {
        Path jar = TestBundle.rewrite(good, folder.resolve("outside.jar"), h -> {}, "../outside.txt", "x");
        assertFails(() -> host.install(jar), ErrorCode.PLUGIN_INVALID, "../outside.txt");
    }

    @Test
    void aJarThatIsNoBundleIsRefused() throws Exception {
        Path version = with(headers -> headers.remove(new Attributes.Name("Bundle-ManifestVersion")));
        assertFails(() -> host.install(version), ErrorCode.PLUGIN_INVALID, "Bundle-ManifestVersion", "must be 2");
        Path nameless = with(headers -> headers.remove(new Attributes.Name("Bundle-SymbolicName")));
        assertFails(() -> host.install(nameless), ErrorCode.PLUGIN_INVALID, "Bundle-SymbolicName");
        Path evil = with(headers -> headers.putValue("Bundle-SymbolicName", "../evil"));
        assertFails(() -> host.install(evil), ErrorCode.PLUGIN_INVALID, "Bundle-SymbolicName='../evil'");
        Path odd = with(headers -> headers.putValue("Bundle-Version", "one"));
        assertFails(() -> host.install(odd), ErrorCode.PLUGIN_INVALID, "Bundle-Version=one");
        Path fragment = with(headers -> headers.putValue("Fragment-Host", "system.bundle"));
        assertFails(() -> host.install(fragment), ErrorCode.PLUGIN_INVALID, "Fragment-Host");
        Path lost = with(headers -> headers.putValue("Service-Component", "OSGI-INF/none.xml"));
        assertFails(() -> host.install(lost), ErrorCode.PLUGIN_INVALID, "OSGI-INF/none.xml");
    }

    @Test
    void aPluginWithoutAnSpiServiceIsRefused() {
        String source = """
                package test.plugin;
                @org.osgi.service.component.annotations.Component(service = Runnable.class)
                @org.controlroom.spi.PluginInfo(id = "odd")
                public class Odd implements Runnable { @Override public void run() {} }
                """;
        Path jar = TestBundle.named("org.test.odd")
                .source("test.plugin.Odd", source)
                .build(folder, "1.0.0");
        assertFails(() -> host.install(jar), ErrorCode.PLUGIN_INVALID, "java.lang.Runnable", "ClassifierTrainer");
    }

    @Test
    void anIdThatAnotherBundleHasIsAConflictNamingBothPlaces() {
        host.install(good);
        Path thief = TestBundle.classifier("org.other.thief", ID).build(folder, "5.0.0");

        assertFails(
                () -> host.install(thief),
                ErrorCode.CONFLICT,
                ID,
                "org.test." + ID,
                "plugins/jars/org.test." + ID + "_1.0.0",
                "org.other.thief",
                thief.toString());
        assertThat(versions(host, ID)).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void aPackageThatNobodyExportsIsNamedWithItsVersion() throws Exception {
        Path jar = with(headers -> headers.putValue(
                "Import-Package", headers.getValue("Import-Package") + ",com.acme.absent;version=\"[1.2,2)\""));
        assertFails(
                () -> host.install(jar),
                ErrorCode.PLUGIN_INVALID,
                "imports package com.acme.absent [1.2.0,2.0.0), which no installed plugin exports");
    }

    @Test
    void aPluginForALaterSpiIsToldWhichOneIsHere() throws Exception {
        Path jar = with(headers -> headers.putValue(
                "Import-Package",
                headers.getValue("Import-Package")
                        .replaceAll(
                                "org.controlroom.spi;version=\"[^\"]*\"", "org.controlroom.spi;version=\"[9,10)\"")));
        assertFails(
                () -> host.install(jar),
                ErrorCode.PLUGIN_INVALID,
                "imports package org.controlroom.spi [9.0.0,10.0.0), but the platform offers version 1.1.0");
    }

    @Test
    void aComponentThatThrowsWhenActivatedIsRefusedWithItsCause() {
        String body = "@Activate public TestTrainer() { throw new IllegalStateException(\"no licence\"); }";
        Path jar = TestBundle.named("org.test.thrower")
                .source("test.plugin.TestTrainer", TestBundle.classifierSource("classifier-thrower", body, ""))
                .build(folder, "1.0.0");
        assertFails(
                () -> host.install(jar),
                ErrorCode.PLUGIN_INVALID,
                "test.plugin.TestTrainer failed to activate: java.lang.IllegalStateException: no licence");
        assertThat(host.list()).isEmpty();
    }

    @Test
    void aComponentThatWaitsForAServiceIsRefusedWithTheServiceItWaitsFor() {
        String body = "@Reference Runnable needed;";
        Path jar = TestBundle.named("org.test.waiter")
                .source("test.plugin.TestTrainer", TestBundle.classifierSource("classifier-waiter", body, ""))
                .build(folder, "1.0.0");
        assertFails(() -> host.install(jar), ErrorCode.PLUGIN_INVALID, "waits for a service: [java.lang.Runnable]");
    }
}
