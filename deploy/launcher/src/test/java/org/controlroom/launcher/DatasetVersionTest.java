package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetVersionTest {

    @Test
    void variablesOfTheEnvironmentBecomeParameters() {
        assertThat(DatasetVersion.parameters(
                        Map.of("PERCENTAGE", " 43 ", "BALANCING_STRATEGY", "over\"sample", "X", "1")))
                .isEqualTo("{\"percentage\":\"43\",\"balancing_strategy\":\"over\\\"sample\"}");
        assertThat(DatasetVersion.parameters(Map.of("BALANCED_SIZE", ""))).isEqualTo("{}");
    }
}
