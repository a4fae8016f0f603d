package org.controlroom.ui.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterLinesTest {

    @Test
    void linesAreReadAndWhatIsNoneIsNamed() {
        List<String> wrong = new ArrayList<>();
        Map<String, String> read = ParameterLines.read(" a = 1\r\n\nfolder=/x=y\nnothing\n=2\nempty=", wrong);

        assertThat(read).containsExactly(Map.entry("a", "1"), Map.entry("folder", "/x=y"), Map.entry("empty", ""));
        assertThat(wrong).containsExactly("nothing", "=2");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, String> parameters = Map.of("b", "2", "a", "1");
        assertThat(ParameterLines.write(parameters)).isEqualTo("a=1\nb=2");
        assertThat(ParameterLines.read(ParameterLines.write(parameters), new ArrayList<>()))
                .isEqualTo(parameters);
    }
}
