package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    Path home;

    @BeforeEach
    void writeDefaults() throws IOException {
        Files.createDirectory(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf/control-room.properties"),
                "controlroom.http.threads=16\ncontrolroom.jvm.options=\n");
    }

    @Test
    void theEnvironmentComesBeforeTheFileAndTheFileBeforeTheDefault() throws IOException {
        Path own = Files.writeString(
                home.resolve("own.properties"), "controlroom.http.threads=8\ncontrolroom.db.password=geheim-é\n");

        Map<String, String> environment = Map.of("CONTROLROOM_HTTP_THREADS", "4");
        Configuration fromFile = Configuration.read(options(own), Map.of());
        Configuration fromEnvironment = Configuration.read(options(own), environment);

        assertThat(fromFile.number("controlroom.http.threads", 2, 100)).isEqualTo(8);
        assertThat(fromFile.forServer()).containsEntry("controlroom.db.password", "geheim-é");
        assertThat(fromEnvironment.number("controlroom.http.threads", 2, 100)).isEqualTo(4);
        // system properties would win over the environment in the server
        assertThat(fromEnvironment.forServer()).doesNotContainKey("controlroom.http.threads");
    }

    @Test
    void aNumberOutOfRangeIsRefusedWithKeyValueAndRange() {
        Configuration configuration = Configuration.read(options(null), Map.of("CONTROLROOM_HTTP_THREADS", "many"));

        assertThatThrownBy(() -> configuration.number("controlroom.http.threads", 2, 100))
                .isInstanceOf(LaunchException.class)
                .hasMessage("controlroom.http.threads=many; must be a number from 2 to 100");
    }

    @Test
    void aForeignKeyIsRefusedByItsName() throws IOException {
        Path own = Files.writeString(home.resolve("own.properties"), "http.threads=8\n");

        assertThatThrownBy(() -> Configuration.read(options(own), Map.of()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("[http.threads]");
    }

    @Test
    void aMisspeltKeyIsRefusedWithItsSourceAndTheNearestOne() throws IOException {
        Path own = Files.writeString(home.resolve("own.properties"), "controlroom.http.threds=8\n");

        assertThatThrownBy(() -> Configuration.read(options(own), Map.of()))
                .isInstanceOf(LaunchException.class)
                .hasMessage(
                        "the configuration " + own
                                + " has what is no key: controlroom.http.threds (the nearest known is controlroom.http.threads)")
                .extracting(e -> ((LaunchException) e).remedy())
                .isEqualTo("Keys beside it: controlroom.http.address, controlroom.http.threads");
        assertThatThrownBy(() -> Configuration.read(options(null), Map.of("CONTROLROOM_HTTP_THREDS", "8")))
                .isInstanceOf(LaunchException.class)
                .hasMessage("the environment has what is no key: CONTROLROOM_HTTP_THREDS"
                        + " (the nearest known is CONTROLROOM_HTTP_THREADS)");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Configuration.read(options(home.resolve("none.properties")), Map.of()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("none.properties")
                .hasMessageContaining("no such file");
    }

    private Options options(@org.jspecify.annotations.Nullable Path config) {
        return new Options(home, 8000, home, null, config, 4000, "default", false, false);
    }
}
