package org.controlroom.plugins.liblinear;

import java.util.Map;
import org.controlroom.spi.Settings;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.testkit.ClassifierContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@ParameterizedClass
@CsvSource({
    "L2R_L2LOSS_SVC_DUAL, AUTO, NONE, 1, 0",
    "L2R_L1LOSS_SVC_DUAL, AUTO, BALANCED, 0, 0",
    "L2R_L2LOSS_SVC_DUAL, AUTO, BALANCED, 1, 0.5",
    "L2R_LR_DUAL, AUTO, BALANCED, 1, 0",
    "L2R_L2LOSS_SVC_DUAL, LIBRARY, BALANCED, 0, 0",
    "L2R_LR, AUTO, NONE, 1, 0",
    "L1R_L2LOSS_SVC, AUTO, NONE, 1, 0",
})
class LiblinearContractTest extends ClassifierContract {

    private final Settings settings;

    LiblinearContractTest(String solver, String engine, String classWeights, String bias, String power) {
        settings = Settings.of(Map.of(
                "solver",
                solver,
                "engine",
                engine,
                "classWeights",
                classWeights,
                "bias",
                bias,
                "naiveBayesPower",
                power));
    }

    @Override
    protected ClassifierTrainer trainer() {
        return new LiblinearTrainer();
    }

    @Override
    protected Settings settings() {
        return settings;
    }

    @Override
    protected boolean explains() {
        return true;
    }
}
