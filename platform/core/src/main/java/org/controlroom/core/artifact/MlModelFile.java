package org.controlroom.core.artifact;

import java.util.Optional;

/** MLflow's description of a model. Without run id and time, which would differ between equal trainings. */
final class MlModelFile {

    /** The Python with which opening is tested; MLflow warns under another. */
    private static final String PYTHON_VERSION = "3.11";

    private MlModelFile() {}

    /** @param lack why the model cannot be opened in Python; empty when it can */
    static String of(int formatVersion, Manifest manifest, Optional<String> lack) {
        StringBuilder text = new StringBuilder();
        text.append("artifact_path: model\nflavors:\n");
        text.append("  control_room:\n    format_version: ").append(formatVersion);
        text.append("\n    data: manifest.json\n");
        PluginUse extractor = manifest.extractor();
        if (extractor != null) {
            text.append("    extractor: ").append(named(extractor)).append('\n');
        }
        text.append("    classifier: ").append(named(manifest.classifier())).append('\n');
        if (lack.isEmpty()) {
            text.append("  python_function:\n    loader_module: ").append(PythonCode.LOADER);
            text.append("\n    code: ").append(PythonCode.FOLDER);
            text.append("\n    env:\n      virtualenv: ").append(PythonCode.ENVIRONMENT);
            text.append("\n    python_version: '").append(PYTHON_VERSION).append("'\n");
            text.append("saved_input_example_info:\n  artifact_path: ").append(PythonCode.INPUT_EXAMPLE);
            text.append("\n  pandas_orient: split\n  type: dataframe\n");
        } else {
            text.append("metadata:\n  no_python_function: '")
                    .append(lack.get().replace("'", "''"))
                    .append("'\n");
        }
        text.append("signature:\n  inputs: '[{\"name\": \"designation\", \"type\": \"string\", \"required\": true}, ");
        text.append("{\"name\": \"description\", \"type\": \"string\", \"required\": false}]'\n");
        text.append("  outputs: '[{\"name\": \"predicted_class\", \"type\": \"long\"}, ");
        text.append("{\"name\": \"confidence\", \"type\": \"float\"}");
        for (int code : manifest.labels().toArray()) {
            text.append(", {\"name\": \"probability_").append(code).append("\", \"type\": \"float\"}");
        }
        return text.append("]'\n").toString();
    }

    private static String named(PluginUse plugin) {
        return plugin.id() + " " + plugin.version();
    }
}
