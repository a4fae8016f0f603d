package org.controlroom.plugins.onnx;

import java.nio.file.Path;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.controlroom.testkit.RawTextClassifierContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"linear", "tokens", "outside"})
class OnnxContractTest extends RawTextClassifierContract {

    private final String model;

    OnnxContractTest(String model) {
        this.model = model;
    }

    @Override
    protected RawTextClassifierFactory factory() {
        return new OnnxClassifierFactory();
    }

    @Override
    protected Path model() {
        return Path.of("src/test/models", model);
    }
}
