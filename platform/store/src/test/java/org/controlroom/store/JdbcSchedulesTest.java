package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.controlroom.core.model.ScheduledFire.Status;
import org.controlroom.core.port.Schedules;
import org.controlroom.core.port.Schedules.Decided;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSchedulesTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private TestDatabase test;
    private JdbcSchedules schedules;
    private JdbcRunHistory history;

    @BeforeEach
    void open() {
        test = database(folder);
        schedules = new JdbcSchedules(test.database);
        history = new JdbcRunHistory(test.database, () -> START);
        schedules.remove("weekly");
    }

    /** Fresh and with all tables; another kind of database has a test of its own. */
    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static Schedule daily(boolean enabled) {
        return new Schedule(
                "daily",
                "train-model",
                new TreeMap<>(Map.of("preset", "best", "name", "\"é\"")),
                "0 9 * * *",
                "Europe/Paris",
                enabled,
                Schedule.Misfire.ALL,
                Schedule.Overlap.CANCEL,
                START);
    }

    private static Decided due(int minutes, Status status) {
        return new Decided(START.plus(Duration.ofMinutes(minutes)), status, false, "");
    }

    private PageRequest ofDaily() {
        return new PageRequest(new TreeMap<>(Map.of("schedule", "daily")), null, null, 10);
    }

    @Test
    void aNewDatabaseHasTheWeeklySchedule(@TempDir Path fresh) {
        try (TestDatabase other = database(fresh)) {
            Schedule weekly = new JdbcSchedules(other.database).schedule("weekly");
            assertThat(weekly.cron()).isEqualTo("0 0 * * 1");
            assertThat(weekly.zone()).isEqualTo("UTC");
            assertThat(weekly.enabled()).isTrue();
            assertThat(weekly.misfire()).isEqualTo(Schedule.Misfire.LAST);
            assertThat(weekly.overlap()).isEqualTo(Schedule.Overlap.QUEUE);
        }
    }

    @Test
    void aScheduleIsKeptAsItIsAndChanged() {
        schedules.create(daily(true));
        assertThat(schedules.all()).containsExactly(daily(true));

        schedules.replace(daily(false));
        assertThat(schedules.schedule("daily").enabled()).isFalse();
        schedules.remove("daily");
        assertThat(schedules.all()).isEmpty();
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> schedules.schedule("daily"))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void twoSchedulesOfOneNameCannotBe() {
        schedules.create(daily(true));
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> schedules.create(daily(true)))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void fireTimesAreDecidedOnOnce() {
        schedules.create(daily(true));
        Instant until = START.plusSeconds(60);

        assertThat(schedules.decide("daily", START, until, List.of(due(1, Status.WAITING))))
                .isTrue();
        assertThat(schedules.decide("daily", START, until, List.of(due(1, Status.WAITING))))
                .isFalse();
        assertThat(schedules.waiting()).extracting(ScheduledFire::fireTime).containsExactly(START.plusSeconds(60));
        assertThat(schedules.schedule("daily").decidedUntil()).isEqualTo(until);
    }

    @Test
    void aScheduleThatIsSwitchedOffIsNotDecidedOnAndNothingOfItWaits() {
        schedules.create(daily(true));
        schedules.decide("daily", START, START.plusSeconds(60), List.of(due(1, Status.WAITING)));
        schedules.replace(daily(false));

        assertThat(schedules.waiting()).isEmpty();
        assertThat(schedules.decide("daily", START, START.plusSeconds(60), List.of()))
                .isFalse();
        assertThat(schedules.fires(ofDaily()).items())
                .extracting(ScheduledFire::status)
                .containsExactly(Status.MISSED);
    }

    @Test
    void theFateOfAFireTimeAndOfItsRunAreKnown() {
        schedules.create(daily(true));
        schedules.decide("daily", START, START.plusSeconds(60), List.of(due(0, Status.MISSED), due(1, Status.WAITING)));
        PipelineRun run = history.create("train-model", List.of("a"), Map.of());
        ScheduledFire waiting = schedules.waiting().get(0);
        schedules.settle(waiting.id(), Status.STARTED, run.id(), "");
        history.setStatus(run.id(), RunStatus.FAILED, new ControlRoomException(ErrorCode.INTERNAL, "broken"));

        Schedules.Last last = schedules.last("daily").orElseThrow();
        assertThat(last.fire().runId()).isEqualTo(run.id());
        assertThat(last.failed()).isTrue();
        assertThat(schedules.lastSuccess("daily")).isEmpty();

        history.setStatus(run.id(), RunStatus.COMPLETED, null);
        assertThat(schedules.last("daily").orElseThrow().failed()).isFalse();
        assertThat(schedules.lastSuccess("daily")).hasValue(START);
        assertThat(schedules.fires(ofDaily()).items())
                .extracting(ScheduledFire::status)
                .containsExactly(Status.STARTED, Status.MISSED);
    }

    @Test
    void manyNodesAtOnceDecideOnceAndMakeOneRun() throws Exception {
        schedules.create(daily(true));
        int nodes = 6;
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            for (int round = 0; round < 10; round++) {
                Instant from = START.plusSeconds(60L * round);
                Instant fireTime = from.plusSeconds(60);
                CyclicBarrier together = new CyclicBarrier(nodes);
                RunOrigin origin = RunOrigin.scheduled("daily", fireTime);
                List<Future<String>> all = new ArrayList<>();
                Callable<String> node = () -> {
                    together.await();
                    boolean first = schedules.decide(
                            "daily", from, fireTime, List.of(new Decided(fireTime, Status.WAITING, false, "")));
                    Optional<PipelineRun> made = history.create(
                            "train-model",
                            List.of("a"),
                            Map.of(),
                            origin,
                            Thread.currentThread().getName());
                    return (first ? "decided " : "") + (made.isPresent() ? "made" : "");
                };
                for (int i = 0; i < nodes; i++) {
                    all.add(threads.submit(node));
                }
                List<String> answers = new ArrayList<>();
                for (Future<String> each : all) {
                    answers.add(each.get());
                }
                assertThat(answers)
                        .filteredOn(answer -> answer.contains("decided"))
                        .hasSize(1);
                assertThat(answers)
                        .filteredOn(answer -> answer.contains("made"))
                        .hasSize(1);
                PipelineRun run = history.ofOrigin(origin).orElseThrow();
                history.setStatus(run.id(), RunStatus.COMPLETED, null);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(history.runs(PageRequest.first(100)).items()).hasSize(10);
        assertThat(schedules.waiting()).hasSize(10);
    }

    @Test
    void aRequestThatComesAgainHasItsRunAndAnotherBodyIsAConflict() {
        RunOrigin first = new RunOrigin("api", "key 1", "abc", null);
        PipelineRun run = history.create("train-model", List.of("a"), Map.of(), first, "node")
                .orElseThrow();
        assertThat(run.origin()).isEqualTo("api");
        assertThat(run.owner()).isEqualTo("node");
        history.setStatus(run.id(), RunStatus.COMPLETED, null);

        assertThat(history.create("train-model", List.of("a"), Map.of(), first, "node"))
                .isEmpty();
        assertThat(history.ofOrigin(first).orElseThrow().id()).isEqualTo(run.id());
        ControlRoomException conflict = catchThrowableOfType(
                ControlRoomException.class, () -> history.ofOrigin(new RunOrigin("api", "key 1", "other", null)));
        assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(conflict).hasMessageContaining(run.id());
    }
}
