package org.controlroom.ui.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingClientTest {

    private final List<String> asked = new ArrayList<>();

    private PipelineRun run(String pipeline) {
        asked.add(pipeline);
        if (pipeline.equals("load-data")) {
            return PipelineRun.of(Json.createObjectBuilder()
                    .add("id", "run-00000034")
                    .add("pipeline", pipeline)
                    .build());
        }
        throw missing("pipeline-run-unknown", pipeline, "run-00000034");
    }

    private static ApiProblem missing(String key, String... values) {
        JsonArrayBuilder places = Json.createArrayBuilder();
        List.of(values).forEach(places::add);
        return ApiProblem.of(
                404,
                Json.createObjectBuilder()
                        .add("detail", key)
                        .add(
                                "reason",
                                Json.createObjectBuilder().add("key", key).add("values", places))
                        .build());
    }

    @Test
    void aRunIsFoundWhateverItsPipelineIs() {
        PipelineRun found = TrainingClient.ofAnyPipeline(
                this::run, () -> List.of("generate-dataset", "load-data", "train-model", "weekly"));
        assertThat(found.pipeline()).isEqualTo("load-data");
        assertThat(asked).containsExactly("train-model", "generate-dataset", "load-data");
    }

    @Test
    void aRunThatNobodyKnowsIsAskedForOnce() {
        assertThatThrownBy(() -> TrainingClient.ofAnyPipeline(
                        pipeline -> {
                            throw missing("run-unknown", "run-9");
                        },
                        () -> {
                            throw new AssertionError("not to be asked");
                        }))
                .isInstanceOf(ApiProblem.class)
                .hasMessage("run-unknown");
    }
}
