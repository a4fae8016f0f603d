package org.controlroom.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonMappingTest {

    private static final Instant END = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void aRunThatTheRegistryFailedSaysUntilWhenItWaits() {
        JsonNode run = json(RunStatus.FAILED, ErrorCode.REGISTRY_UNAVAILABLE);
        assertThat(run.path("status").asText()).isEqualTo("failed");
        assertThat(run.path("waits_until").asText()).isEqualTo("2026-11-30T10:00:00Z");
    }

    @Test
    void everyOtherRunWaitsForNothing() {
        assertThat(json(RunStatus.FAILED, ErrorCode.PLUGIN_FAILED)
                        .path("waits_until")
                        .isNull())
                .isTrue();
        assertThat(json(RunStatus.RUNNING, null).path("waits_until").isNull()).isTrue();
    }

    @Test
    void aRunThatWasGivenWhatCannotBeUsedSaysThatItWasRefused() {
        assertThat(json(RunStatus.FAILED, ErrorCode.CATALOGUE_INVALID)
                        .path("refused")
                        .booleanValue())
                .isTrue();
        assertThat(json(RunStatus.FAILED, ErrorCode.STORAGE_FAILED).path("refused"))
                .isEqualTo(BooleanNode.FALSE);
        assertThat(json(RunStatus.RUNNING, null).path("refused")).isEqualTo(BooleanNode.FALSE);
    }

    private static JsonNode json(RunStatus status, @Nullable ErrorCode code) {
        return JsonMapping.mapper()
                .valueToTree(new PipelineRun(
                        "run-1",
                        "train-model",
                        status,
                        new TreeMap<>(),
                        List.of(),
                        "api",
                        "here",
                        END,
                        END,
                        END,
                        code == null ? null : "why",
                        code == null ? null : code.name(),
                        null,
                        new TreeMap<>()));
    }
}
