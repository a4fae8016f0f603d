package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PipelineRunTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:10Z");

    @Test
    void theRunningStepIsShownWithRateAndTimeLeft() {
        Pace pace = new Pace();
        assertThat(count(pace, "rows", 10_000, NOW.minusSeconds(5))).isEqualTo("10,000 of 200,000");
        assertThat(count(pace, "rows", 20_000, NOW)).isEqualTo("20,000 of 200,000  2,000/s  1:30 left");
    }

    @Test
    void noRateIsToldFromTheFirstRowOrTheFirstMoment() {
        Pace pace = new Pace();
        assertThat(count(pace, "rows", 1, NOW.minusSeconds(3))).isEqualTo("1 of 200,000");
        assertThat(count(pace, "rows", 1, NOW)).isEqualTo("1 of 200,000");
        assertThat(count(new Pace(), "rows", 5, NOW)).isEqualTo("5 of 200,000");
    }

    @Test
    void eachPartOfAStepHasARateOfItsOwn() {
        Pace pace = new Pace();
        count(pace, "learning", 1, NOW.minusSeconds(60));
        count(pace, "learning", 100, NOW.minusSeconds(20));
        assertThat(count(pace, "extracting", 1_000, NOW.minusSeconds(10))).isEqualTo("1,000 of 200,000");
        assertThat(count(pace, "extracting", 6_000, NOW)).isEqualTo("6,000 of 200,000  500/s  6:28 left");
    }

    @Test
    void theLastStepIsShownWhenAllAreDone() {
        assertThat(PipelineRun.describe("train-model", Json.parse("""
                {"steps":[{"name":"fit","status":"completed"},
                 {"name":"register","status":"completed","done":50,"total":50}]}"""), new Pace(), NOW))
                .isEqualTo(new PipelineRun.Position("train-model  step 2 of 2  register", "50 of 50"));
    }

    @Test
    void aStepWithoutCountIsShownByItsName() {
        assertThat(PipelineRun.describe(
                        "train-model",
                        Json.parse("{\"steps\":[{\"name\":\"fit\",\"status\":\"running\"}]}"),
                        new Pace(),
                        NOW))
                .isEqualTo(new PipelineRun.Position("train-model  step 1 of 1  fit", ""));
        assertThat(PipelineRun.describe("train-model", Json.parse("{}"), new Pace(), NOW))
                .isEqualTo(new PipelineRun.Position("train-model  starting", ""));
    }

    private static String count(Pace pace, String what, long done, Instant now) {
        PipelineRun.Position position =
                PipelineRun.describe("load-data", Json.parse("""
                {"steps":[{"name":"check","status":"completed"},
                 {"name":"import","status":"running","what":"%s","done":%d,"total":200000},
                 {"name":"summary","status":"queued"}]}""".formatted(what, done)), pace, now);
        assertThat(position.what()).isEqualTo("load-data  step 2 of 3  import: " + what);
        return position.count();
    }
}
