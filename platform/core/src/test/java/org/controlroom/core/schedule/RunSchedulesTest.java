package org.controlroom.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.fake.FakeCrons;
import org.controlroom.core.fake.FakePipelines;
import org.controlroom.core.fake.FakeSchedules;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.controlroom.core.model.ScheduledFire.Status;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.junit.jupiter.api.Test;

class RunSchedulesTest {

    private Instant now = Instant.parse("2026-11-23T08:59:00Z");
    private final FakeSchedules schedules = new FakeSchedules();
    private final FakePipelines pipelines = new FakePipelines("train");
    private final List<String> counted = new ArrayList<>();
    private final EditSchedules edit = new EditSchedules(schedules, new FakeCrons(), pipelines, () -> now);

    private RunSchedules node() {
        Telemetry telemetry = new CountingTelemetry(counted);
        return new RunSchedules(schedules, new FakeCrons(), pipelines, pipelines.history(), telemetry, () -> now);
    }

    private void daily(String misfire, String overlap) {
        edit.create("daily", new EditSchedules.Wish("train", Map.of("a", "1"), "09:00", null, null, misfire, overlap));
    }

    private void pass(Duration time) {
        now = now.plus(time);
        assertThat(node().tick()).isEmpty();
    }

    private List<Status> fates() {
        return schedules.fires.stream().map(ScheduledFire::status).toList();
    }

    @Test
    void aRunStartsWhenItIsDueWithTheParametersOfTheSchedule() {
        daily(null, null);
        pass(Duration.ofSeconds(30));
        assertThat(pipelines.started).isEmpty();

        pass(Duration.ofSeconds(31));
        pass(Duration.ofSeconds(2));
        assertThat(pipelines.started).hasSize(1);
        assertThat(pipelines.started.get(0).parameters()).containsExactly(Map.entry("a", "1"));
        assertThat(pipelines.started.get(0).origin()).isEqualTo("schedule daily");
        assertThat(schedules.fires.get(0).runId()).isEqualTo("run-1");
        assertThat(counted).containsExactly("daily started");
    }

    @Test
    void twoNodesThatFindTheSameTimeDueHaveOneRun() {
        daily(null, null);
        now = now.plusSeconds(90);
        // The second node decides and starts in the middle of the first one's work.
        pipelines.beforeStart = () -> {
            pipelines.beforeStart = () -> {};
            assertThat(node().tick()).isEmpty();
        };
        assertThat(node().tick()).isEmpty();

        assertThat(pipelines.started).hasSize(1);
        assertThat(fates()).containsExactly(Status.STARTED);
    }

    @Test
    void aQueuedTimeWaitsForTheEndOfTheRunBefore() {
        daily(null, "queue");
        pipelines.start("train", Map.of());
        pass(Duration.ofSeconds(90));
        assertThat(fates()).containsExactly(Status.WAITING);
        assertThat(schedules.fires.get(0).reason()).contains("has not ended");

        pipelines.end("run-1");
        pass(Duration.ofSeconds(2));
        assertThat(fates()).containsExactly(Status.STARTED);
        assertThat(pipelines.started).hasSize(2);
    }

    @Test
    void aCancellingTimeCancelsTheRunBeforeAndThenHasItsOwn() {
        daily(null, "cancel");
        pipelines.start("train", Map.of());
        pass(Duration.ofSeconds(90));
        assertThat(pipelines.cancelled).containsExactly("run-1");

        pipelines.end("run-1");
        pass(Duration.ofSeconds(2));
        assertThat(fates()).containsExactly(Status.STARTED);
    }

    @Test
    void aFailingTimeIsToldAndHasNoRun() {
        daily(null, "fail");
        pipelines.start("train", Map.of());
        pass(Duration.ofSeconds(90));

        assertThat(fates()).containsExactly(Status.FAILED);
        assertThat(schedules.fires.get(0).reason()).contains("run-1 has not ended");
        assertThat(pipelines.cancelled).isEmpty();
        assertThat(counted).containsExactly("daily failed");
        assertThat(node().standings().get(0).failed()).isTrue();
    }

    @Test
    void whatIsMadeUpForRunsOneAfterTheOtherWhateverTheOverlap() {
        daily("all", "fail");
        pass(Duration.ofDays(3));
        assertThat(fates()).containsExactly(Status.STARTED, Status.WAITING, Status.WAITING);

        pass(Duration.ofSeconds(2));
        assertThat(fates()).containsExactly(Status.STARTED, Status.WAITING, Status.WAITING);
        pipelines.end("run-1");
        pass(Duration.ofSeconds(2));
        pipelines.end("run-2");
        pass(Duration.ofSeconds(2));
        assertThat(fates()).containsOnly(Status.STARTED);
        assertThat(pipelines.started).hasSize(3);
    }

    @Test
    void parametersThatThePipelineRefusesAreAFailureWithItsWords() {
        daily(null, null);
        pipelines.refusal = new ControlRoomException(ErrorCode.INVALID_INPUT, "no such folder");
        pass(Duration.ofSeconds(90));

        assertThat(fates()).containsExactly(Status.FAILED);
        assertThat(schedules.fires.get(0).reason()).isEqualTo("no such folder");
    }

    @Test
    void aDatabaseThatIsAwayLeavesTheTimeWaiting() {
        daily(null, null);
        pipelines.refusal = new ControlRoomException(ErrorCode.DATABASE_UNAVAILABLE, "away");
        now = now.plusSeconds(90);
        assertThat(node().tick()).singleElement().asString().contains("daily", "away");

        pipelines.refusal = null;
        pass(Duration.ofMinutes(10));
        assertThat(fates()).containsExactly(Status.STARTED);
    }

    @Test
    void aScheduleThatIsSwitchedOffAndOnMakesUpForNothing() {
        daily("all", null);
        edit.change("daily", new EditSchedules.Wish(null, null, null, null, false, null, null));
        pass(Duration.ofDays(5));
        edit.change("daily", new EditSchedules.Wish(null, null, null, null, true, null, null));
        pass(Duration.ofSeconds(30));

        assertThat(schedules.fires).isEmpty();
    }

    @Test
    void allMistakesOfAScheduleAreNamedAtOnce() {
        ControlRoomException refused = catchThrowableOfType(
                ControlRoomException.class,
                () -> edit.create(
                        "Nightly!",
                        new EditSchedules.Wish("trane", null, "9 o'clock", "Mars/Olympus", null, "some", "wait")));

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(refused.problems())
                .extracting(Problem::field)
                .containsExactly("name", "pipeline", "cron", "zone", "misfire", "overlap");
    }

    @Test
    void runNowDoesNotWaitAndIsRemembered() {
        daily(null, null);
        assertThat(edit.runNow("daily").origin()).isEqualTo("schedule daily, by hand");
        assertThat(fates()).containsExactly(Status.STARTED);
    }

    @Test
    void aPreviewHasWordsAndTheNextFiveTimes() {
        EditSchedules.Preview preview = edit.preview("09:00", "Europe/Paris", Locale.FRENCH);

        assertThat(preview.description()).isEqualTo("fr 09:00");
        assertThat(preview.nextTimes()).hasSize(5).startsWith(Instant.parse("2026-11-24T08:00:00Z"));
    }

    @Test
    void aScheduleNobodyLooksAfterIsDueInThePast() {
        schedules.create(new Schedule(
                "old",
                "train",
                new TreeMap<>(),
                "09:00",
                "UTC",
                true,
                Schedule.Misfire.LAST,
                Schedule.Overlap.QUEUE,
                now.minus(Duration.ofDays(3))));

        assertThat(node().standings().get(0).next()).hasValue(Instant.parse("2026-11-20T09:00:00Z"));
    }
}
