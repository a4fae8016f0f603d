package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

    @ParameterizedTest
    @ValueSource(strings = {"/data/state", "/données/état 2", "it's", "$HOME/`id`", "a\"b;c", "~"})
    void aShellReadsThePathThatItWas(String path) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(Path.of(path))).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(path);
    }

    @Test
    void aPlainPathStaysAsItIs() {
        assertThat(ShellWord.of(Path.of("/srv/control-room_1.0/état"))).isEqualTo("/srv/control-room_1.0/état");
    }
}
