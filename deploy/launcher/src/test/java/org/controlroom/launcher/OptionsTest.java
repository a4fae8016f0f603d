package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void withoutAnythingTheDefaultsHold() {
        Options options = Options.parse(new String[0], Map.of("DATA", "", "CONFIG", " "));

        assertThat(options.port()).isEqualTo(8000);
        assertThat(options.state()).isEqualTo(Path.of("state").toAbsolutePath());
        assertThat(options.data()).isNull();
        assertThat(options.config()).isNull();
        assertThat(options.sampleRows()).isEqualTo(4000);
        assertThat(options.preset()).isEqualTo("default");
    }

    @Test
    void aFlagComesBeforeTheVariableOfTheSameMeaning() {
        Options options = Options.parse(
                new String[] {"--port", "8001", "--follow"}, Map.of("PORT", "9000", "STATE", "/srv/state"));

        assertThat(options.port()).isEqualTo(8001);
        assertThat(options.state()).isEqualTo(Path.of("/srv/state"));
        assertThat(options.follow()).isTrue();
    }

    @Test
    void aPortThatIsNoneIsRefusedWithTheRange() {
        assertThatThrownBy(() -> Options.parse(new String[0], Map.of("PORT", "99999")))
                .isInstanceOf(LaunchException.class)
                .hasMessage("PORT=99999; must be a number from 1 to 65535");
    }

    @Test
    void anUnknownFlagIsRefusedByItsName() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--prot", "1"}, Map.of()))
                .hasMessage("unknown option --prot");
    }

    @Test
    void aFlagWithoutItsValueIsRefused() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--port"}, Map.of()))
                .hasMessage("--port has no value");
    }
}
