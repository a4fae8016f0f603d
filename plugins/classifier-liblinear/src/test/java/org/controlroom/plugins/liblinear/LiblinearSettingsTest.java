package org.controlroom.plugins.liblinear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.controlroom.plugins.liblinear.internal.Solver;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.SettingsSchema;
import org.controlroom.testkit.PluginSettings;
import org.junit.jupiter.api.Test;

class LiblinearSettingsTest {

    private final SettingsSchema schema = PluginSettings.schemaOf(LiblinearSettings.class);

    @Test
    void theSchemaSaysWhatTheAnnotationSays() {
        PluginSettings.assertDescribes(schema, LiblinearSettings.class);
        LiblinearSettings defaults = schema.defaults().as(LiblinearSettings.class);
        assertThat(defaults.solver()).isEqualTo(Solver.L2R_L2LOSS_SVC_DUAL);
        assertThat(defaults.cost()).isEqualTo(1.0);
        assertThat(defaults.classWeights()).isEqualTo(LiblinearSettings.ClassWeights.NONE);
    }

    @Test
    void allMistakesAreReportedAtOnce() {
        assertThatThrownBy(() -> schema.complete(
                        "classifier-liblinear",
                        Map.of("solver", "SVM", "cost", "0", "epsilon", "2", "maxIterations", "0.5", "gamma", "1")))
                .isInstanceOfSatisfying(
                        ControlRoomException.class,
                        e -> assertThat(e.problems())
                                .extracting("field")
                                .containsExactlyInAnyOrder("solver", "cost", "epsilon", "maxIterations", "gamma"))
                .hasMessageContaining("'SVM' is not one of [L2R_L2LOSS_SVC_DUAL")
                .hasMessageContaining("'0' is out of range; must be 0.000001..1000000");
    }

    @Test
    void naiveBayesScalingGoesWithTheOwnSolversOnly() {
        LiblinearTrainer trainer = new LiblinearTrainer();
        assertThat(trainer.check(schema.complete("p", Map.of("naiveBayesPower", "0.5"))))
                .isEmpty();
        assertThat(trainer.check(schema.complete("p", Map.of("naiveBayesPower", "0.5", "engine", "LIBRARY"))))
                .extracting("field")
                .containsExactly("naiveBayesPower");
        assertThat(trainer.check(schema.complete("p", Map.of("naiveBayesPower", "1", "solver", "L1R_LR"))))
                .hasSize(1);
        assertThat(trainer.check(schema.complete("p", Map.of("engine", "LIBRARY"))))
                .isEmpty();
    }
}
