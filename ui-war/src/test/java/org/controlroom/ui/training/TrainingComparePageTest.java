package org.controlroom.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingComparePageTest {

    @Test
    void classesStandInTheOrderOfTheirCodes() {
        List<String> keys = List.of("f1_class_1140", "f1_class_40", "ece", "f1_class_10", "accuracy", "f1_class_x");
        assertThat(keys.stream().sorted(TrainingComparePage.BY_NUMBER))
                .containsExactly("accuracy", "ece", "f1_class_10", "f1_class_40", "f1_class_1140", "f1_class_x");
    }
}
