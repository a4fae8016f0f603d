package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.controlroom.core.model.LogLine;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcRunHistoryTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private TestDatabase test;
    private Instant now = START;
    private JdbcRunHistory history;

    @BeforeEach
    void open() {
        test = database(folder);
        history = new JdbcRunHistory(test.database, () -> now);
    }

    /** Fresh and with all tables; another kind of database has a test of its own. */
    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void whyARunFailedIsKeptForOtherLanguagesUntilItGoesOn() {
        PipelineRun run = history.create("train-model", List.of("fit"), Map.of());
        Reason few = Reason.of("few", "{0} rows of \"{1}\"; must be {2}", 3, "l\u2019été\n", 10);

        history.setStatus(run.id(), RunStatus.FAILED, new ControlRoomException(ErrorCode.TRAINING_DATA_INVALID, few));
        assertThat(history.run(run.id()))
                .returns(few.text(), PipelineRun::error)
                .returns("TRAINING_DATA_INVALID", PipelineRun::errorCode)
                .returns(few, PipelineRun::errorReason);

        history.setStatus(run.id(), RunStatus.QUEUED, null);
        assertThat(history.run(run.id())).returns(null, PipelineRun::error).returns(null, PipelineRun::errorReason);
    }

    @Test
    void aRunGoesThroughItsStepsToItsEnd() {
        PipelineRun queued = history.create("train-model", List.of("snapshot", "fit"), Map.of("seed", "42"));
        assertThat(queued.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(queued.createdAt()).isEqualTo(START);
        assertThat(queued.steps()).extracting(PipelineRun.Step::name).containsExactly("snapshot", "fit");

        now = START.plusSeconds(1);
        history.setStatus(queued.id(), RunStatus.RUNNING, null);
        history.setStepStatus(queued.id(), "snapshot", RunStatus.RUNNING);
        for (int row = 1; row <= 1_000; row++) {
            history.setStepProgress(queued.id(), "snapshot", "reading rows", row, 1_000);
        }
        assertThat(history.run(queued.id()).steps().get(0).done()).isEqualTo(1_000);
        now = START.plusSeconds(2);
        history.setStepStatus(queued.id(), "snapshot", RunStatus.COMPLETED);
        history.putOutcome(queued.id(), Map.of("rows", "1"));
        history.putOutcome(queued.id(), Map.of("rows", "1000", "f1", "0.8"));
        history.setStatus(queued.id(), RunStatus.COMPLETED, null);

        PipelineRun run = new JdbcRunHistory(test.database, InstantSource.system()).run(queued.id());
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.startedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(run.endedAt()).isEqualTo(START.plusSeconds(2));
        assertThat(run.parameters()).isEqualTo(Map.of("seed", "42"));
        assertThat(run.outcome()).isEqualTo(Map.of("rows", "1000", "f1", "0.8"));
        assertThat(run.steps().get(0))
                .isEqualTo(new PipelineRun.Step(
                        "snapshot",
                        RunStatus.COMPLETED,
                        1,
                        "reading rows",
                        1_000,
                        1_000,
                        START.plusSeconds(1),
                        START.plusSeconds(2)));
        assertThat(run.steps().get(1).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void onlyOneRunOfAPipelineCanBeUnfinished() {
        PipelineRun first = history.create("train-model", List.of("a"), Map.of());
        history.create("load-data", List.of("a"), Map.of());

        ControlRoomException failure = catchThrowableOfType(
                ControlRoomException.class, () -> history.create("train-model", List.of("a"), Map.of()));
        assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(failure).hasMessageContaining(first.id());
        history.setStatus(first.id(), RunStatus.CANCELLED, null);
        PipelineRun second = history.create("train-model", List.of("a"), Map.of());
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(catchThrowableOfType(
                                ControlRoomException.class,
                                () -> history.setStatus(first.id(), RunStatus.RUNNING, null))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void ofManyCallersAtOnceOneGetsTheRun() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<PipelineRun>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                attempts.add(threads.submit(() -> history.create("train-model", List.of("a"), Map.of())));
            }
            int created = 0;
            for (Future<PipelineRun> attempt : attempts) {
                try {
                    attempt.get();
                    created++;
                } catch (ExecutionException e) {
                    assertThat(((ControlRoomException) e.getCause()).code()).isEqualTo(ErrorCode.CONFLICT);
                }
            }
            assertThat(created).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFailedRunCanRunAgainFromItsFailedStep() {
        PipelineRun run = history.create("train-model", List.of("a"), Map.of());
        history.setStatus(run.id(), RunStatus.RUNNING, null);
        history.setStepStatus(run.id(), "a", RunStatus.RUNNING);
        history.setStepStatus(run.id(), "a", RunStatus.FAILED);
        history.setStatus(run.id(), RunStatus.FAILED, new ControlRoomException(ErrorCode.PLUGIN_FAILED, "it broke"));
        assertThat(history.run(run.id()))
                .returns("it broke", PipelineRun::error)
                .returns(null, PipelineRun::errorReason);
        assertThat(history.run(run.id()).errorCode()).isEqualTo("PLUGIN_FAILED");

        history.setStatus(run.id(), RunStatus.RUNNING, null);
        history.setStepStatus(run.id(), "a", RunStatus.RUNNING);

        PipelineRun again = history.run(run.id());
        assertThat(again.error()).isNull();
        assertThat(again.endedAt()).isNull();
        assertThat(again.steps().get(0).attempts()).isEqualTo(2);
        assertThat(again.steps().get(0).endedAt()).isNull();
    }

    @Test
    void runsCutOffByAKillAreFailedAtTheNextStart() {
        PipelineRun running = history.create("train-model", List.of("a", "b"), Map.of());
        history.setStatus(running.id(), RunStatus.RUNNING, null);
        history.setStepStatus(running.id(), "a", RunStatus.RUNNING);
        PipelineRun queued = history.create("load-data", List.of("a"), Map.of());

        Instant start = START.plusSeconds(60);
        assertThat(new JdbcRunOwners(test.database).failOwn("here", start)).containsExactly(running.id(), queued.id());

        PipelineRun failed = history.run(running.id());
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.errorCode()).isEqualTo("INTERNAL");
        assertThat(failed.error()).contains("the server ended");
        assertThat(Objects.requireNonNull(failed.errorReason()).key()).isEqualTo("run-cut-off");
        assertThat(failed.endedAt()).isEqualTo(start);
        assertThat(failed.steps())
                .extracting(PipelineRun.Step::status)
                .containsExactly(RunStatus.FAILED, RunStatus.QUEUED);
        assertThat(new JdbcRunOwners(test.database).failOwn("here", start)).isEmpty();
    }

    @Test
    void logLinesAreNumberedInOrderWhoeverWrites() throws Exception {
        PipelineRun run = history.create("train-model", List.of("a"), Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        history.log(run.id(), "INFO", "line");
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(history.logLines(run.id(), 0, 500))
                .extracting(LogLine::number)
                .hasSize(100)
                .isSorted()
                .startsWith(1L)
                .endsWith(100L);
        assertThat(history.logLines(run.id(), 97, 2))
                .extracting(LogLine::number)
                .containsExactly(98L, 99L);
        assertThat(history.lastLogLines(run.id(), 3))
                .extracting(LogLine::number)
                .containsExactly(98L, 99L, 100L);
        assertThat(history.lastLogLines(run.id(), 500)).hasSize(100);
    }

    @Test
    void runsAreFilteredAndPagedNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            PipelineRun run = history.create(i % 2 == 0 ? "train-model" : "load-data", List.of("a"), Map.of());
            history.setStatus(run.id(), i == 2 ? RunStatus.FAILED : RunStatus.COMPLETED, null);
            ids.add(0, run.id());
        }
        assertThat(history.runs(PageRequest.first(10)).items())
                .extracting(PipelineRun::id)
                .isEqualTo(ids);
        PageRequest failed =
                new PageRequest(new TreeMap<>(Map.of("pipeline", "train-model", "status", "failed")), null, null, 10);
        assertThat(history.runs(failed).items()).extracting(PipelineRun::id).containsExactly(ids.get(2));
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> history.run("run-x"))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }
}
