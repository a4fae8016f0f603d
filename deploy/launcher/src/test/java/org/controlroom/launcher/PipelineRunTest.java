package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PipelineRunTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:10Z");

    @Test
    void theRunningStepIsShownWithRateAndTimeLeft() {
        assertThat(PipelineRun.describe("load-data", Json.parse("""
                {"steps":[{"name":"check","status":"completed"},
                 {"name":"import","status":"running","what":"rows","done":20000,"total":200000,
                  "started_at":"2026-11-23T10:00:00Z","ended_at":null},
                 {"name":"summary","status":"queued"}]}"""), NOW))
                .isEqualTo(new PipelineRun.Position(
                        "load-data  step 2 of 3  import: rows", "20,000 of 200,000  2,000/s  1:30 left"));
    }

    @Test
    void theLastStepIsShownWhenAllAreDone() {
        assertThat(PipelineRun.describe("train-model", Json.parse("""
                {"steps":[{"name":"fit","status":"completed"},
                 {"name":"register","status":"completed","done":50,"total":50,
                  "started_at":"2026-11-23T10:00:00Z","ended_at":"2026-11-23T10:00:20Z"}]}"""), NOW))
                .isEqualTo(new PipelineRun.Position("train-model  step 2 of 2  register", "50 of 50  2.5/s"));
    }

    @Test
    void aStepWithoutCountIsShownByItsName() {
        assertThat(PipelineRun.describe(
                        "train-model", Json.parse("{\"steps\":[{\"name\":\"fit\",\"status\":\"running\"}]}"), NOW))
                .isEqualTo(new PipelineRun.Position("train-model  step 1 of 1  fit", ""));
        assertThat(PipelineRun.describe("train-model", Json.parse("{}"), NOW))
                .isEqualTo(new PipelineRun.Position("train-model  starting", ""));
    }
}
