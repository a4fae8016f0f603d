package org.controlroom.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginUseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "[1.2.0,2.0.0) 1.2.0 true",
                "[1.2.0,2.0.0) 1.10.0 true",
                "[1.2.0,2.0.0) 1.1.9 false",
                "[1.2.0,2.0.0) 2.0.0 false",
                "[1.2.0,2.0.0] 2.0.0 true",
                "(1.2.0,2.0.0) 1.2.0 false",
                "(1.2.0,2.0.0) 1.2.0.beta true",
                "0 0.1.0 true",
            })
    void aRangeAcceptsTheVersionsThatOsgiWould(String range, String version, boolean accepted) {
        PluginUse use = new PluginUse("classifier-x", "org.test.x", "1.2.0", range, new TreeMap<>());

        assertThat(use.accepts(version)).isEqualTo(accepted);
    }
}
