package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.controlroom.pluginhost.HostAssertions.assertFails;
import static org.controlroom.pluginhost.HostAssertions.label;
import static org.controlroom.pluginhost.HostAssertions.versions;

import java.nio.file.Files;
import java.nio.file.Path;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.model.PluginState.Status;
import org.controlroom.core.port.Plugins.UpdateMode;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle without a service of its own, whose classes another plugin uses. */
class LibraryPluginTest {

    private static final String USER = "classifier-user";
    private static final String LIBRARY = "lib-test";

    @TempDir
    static Path jars;

    private static Path library1;
    private static Path library2;
    private static Path incompatible;
    private static Path user;

    @TempDir
    Path folder;

    private FelixPluginHost host;

    @BeforeAll
    static void build() {
        library1 = library("1.0.0", "1.0.0", "1");
        library2 = library("1.1.0", "1.1.0", "2");
        incompatible = library("2.0.0", "2.0.0", "3");
        String source = TestBundle.classifierSource(USER, "", "")
                .replace(
                        "return new Fixed(",
                        "if (true) return new Fixed(test.library.Answer.value()); else return new Fixed(");
        user = TestBundle.named("org.test." + USER)
                .source("test.plugin.TestTrainer", source)
                .header("-privatepackage", "test.plugin")
                .against(library1)
                .build(jars, "1.0.0");
    }

    private static Path library(String version, String packageVersion, String value) {
        return TestBundle.named("org.test." + LIBRARY)
                .source(
                        "test.library.Answer",
                        "package test.library; public class Answer { public static int value() { return " + value
                                + "; } }")
                .header("-exportcontents", "test.library;version=" + packageVersion)
                .build(jars, version);
    }

    @BeforeEach
    void open() {
        host = FelixPluginHost.open(PluginHostOptions.of(folder.resolve("plugins"), null));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aLibraryIsListedAsSuchAndNeededByItsUsers() {
        assertFails(() -> host.install(user), ErrorCode.PLUGIN_INVALID, "imports package test.library [1.0.0,2.0.0)");
        PluginState state = host.install(library1);
        assertThat(state.id()).isEqualTo(LIBRARY);
        assertThat(state.kind()).isEqualTo("library");
        assertThat(host.install(user).status()).isEqualTo(Status.ACTIVE);

        assertThat(label(host, USER, "0")).isEqualTo(1);
        assertFails(() -> host.stop(LIBRARY, "1.0.0"), ErrorCode.PLUGIN_IN_USE, "plugin " + USER);
        assertFails(() -> host.remove(LIBRARY, "1.0.0"), ErrorCode.PLUGIN_IN_USE, "plugin " + USER);
    }

    @Test
    void anUpdatedLibraryIsUsedByItsUsersAtOnce() {
        host.install(library1);
        host.install(user);
        FakeListener serving = new FakeListener(host, USER) {
            @Override
            public void call() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void suspend(String pluginId, String version) {
                if (pluginId.equals(USER)) {
                    super.suspend(pluginId, version);
                }
            }

            @Override
            public void resume(String pluginId) {
                if (pluginId.equals(USER)) {
                    super.resume(pluginId);
                }
            }
        };
        serving.take();
        host.addListener(serving);

        host.update(LIBRARY, library2, UpdateMode.BLUE_GREEN);

        assertThat(serving.told).containsExactly("suspend " + USER + " 1.0.0", "resume " + USER);
        assertThat(label(host, USER, "0")).isEqualTo(2);
        assertThat(versions(host, LIBRARY)).containsExactly("1.1.0 ACTIVE");
        serving.release();
    }

    @Test
    void aLibraryUpdateThatItsUsersCannotTakeIsUndone() {
        host.install(library1);
        host.install(user);

        assertFails(
                () -> host.update(LIBRARY, incompatible, UpdateMode.IN_PLACE),
                ErrorCode.PLUGIN_INVALID,
                "plugin " + USER,
                "does not work with it",
                "test.library");

        assertThat(label(host, USER, "0")).isEqualTo(1);
        assertThat(versions(host, LIBRARY)).containsExactly("1.0.0 ACTIVE");
        assertThat(versions(host, USER)).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void aPluginThatWaitedForALibraryStartsWhenItComes() throws Exception {
        Path bundled = Files.createDirectories(folder.resolve("bundled"));
        Files.copy(user, bundled.resolve("user.jar"));
        host.close();
        host = FelixPluginHost.open(PluginHostOptions.of(folder.resolve("plugins"), bundled));
        assertThat(host.list().get(0).status()).isEqualTo(Status.FAILED);
        assertThat(host.list().get(0).reason()).contains("imports package test.library");

        host.install(library1);

        assertThat(versions(host, USER)).containsExactly("1.0.0 ACTIVE");
        assertThat(label(host, USER, "0")).isEqualTo(1);
    }
}
