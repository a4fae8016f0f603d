package org.controlroom.plugins.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.controlroom.testkit.BundleContract;

class OnnxBundleIT extends BundleContract {
    @Override
    protected String pluginId() {
        return "classifier-onnx";
    }

    @Override
    protected List<String> libraries() {
        return List.of("ai.onnxruntime", "org.controlroom.onnxruntime");
    }

    @Override
    protected Optional<Path> model() {
        return Optional.of(Path.of("src/test/models/linear"));
    }
}
