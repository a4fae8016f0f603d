package org.controlroom.pipelines.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.batch.operations.JobStartException;
import jakarta.batch.runtime.BatchStatus;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.controlroom.core.model.LogLine;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.StepPolicies;
import org.controlroom.core.model.StepPolicy;
import org.controlroom.core.port.Telemetry;
import org.controlroom.pipelines.BatchPipelines;
import org.controlroom.pipelines.FakeJobOperator;
import org.controlroom.pipelines.FakeRunHistory;
import org.controlroom.pipelines.FakeRunOwners;
import org.controlroom.pipelines.ScriptedPipeline;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class BatchPipelinesTest {

    private final ScriptedPipeline pipeline = new ScriptedPipeline();
    private final FakeRunHistory history = new FakeRunHistory();
    private final FakeJobOperator operator = new FakeJobOperator();
    private final FakeRunOwners owners = new FakeRunOwners();
    private final List<String> ended = new ArrayList<>();
    private final List<String> retried = new ArrayList<>();
    private final Definitions definitions = new Definitions(List.of(pipeline));
    private StepRunner runner = newRunner();
    private BatchPipelines pipelines = newPipelines();

    private StepRunner newRunner() {
        return new StepRunner(
                definitions,
                history,
                new RememberingTelemetry(),
                Clock.systemUTC(),
                new StepThreads(Thread::new),
                new StepPolicies(
                        new StepPolicy(3, Duration.ofMillis(1), Duration.ofMillis(4), null),
                        Map.of(
                                "third",
                                new StepPolicy(1, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofNanos(1)))),
                () -> 0.5);
    }

    private BatchPipelines newPipelines() {
        return newPipelines(NodeRoles.ALL);
    }

    private BatchPipelines newPipelines(NodeRoles roles) {
        return new BatchPipelines(
                definitions,
                history,
                new BatchJobs(operator, Duration.ofMillis(200)),
                runner,
                roles,
                "this-node",
                owners);
    }

    /** A new process: memory is gone, history and batch repository are not. */
    private void restartProcess() {
        runner = newRunner();
        pipelines = newPipelines();
        history.failInterrupted();
    }

    /** Does what the batch runtime does with a job. */
    private void execute(String runId) {
        FakeJobOperator.Job job = operator.last();
        runner.begin(runId);
        BatchStatus status = BatchStatus.COMPLETED;
        try {
            for (String step : pipeline.steps()) {
                if (job.stopAsked) {
                    status = BatchStatus.STOPPED;
                    break;
                }
                runner.run(runId, step);
            }
        } catch (RuntimeException e) {
            status = BatchStatus.FAILED;
        }
        runner.end(runId);
        job.status = status;
    }

    @Test
    void aRunThatWorksIsCompletedStepByStep() {
        PipelineRun run = pipelines.start("scripted", Map.of("c", "1.0"));
        assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.parameters()).containsEntry("c", "1.0").containsEntry("seed", "42");
        assertThat(operator.last().getJobParameters()).isEqualTo(Map.of("run.id", run.id()));

        pipeline.on("second", context -> {
            context.progress().report("rows", 7, 9);
            context.putOutcome(Map.of("rows", "9"));
            context.log("nine rows");
        });
        execute(run.id());

        PipelineRun done = history.run(run.id());
        assertThat(done.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(done.error()).isNull();
        assertThat(done.outcome()).containsEntry("rows", "9");
        assertThat(done.steps()).allSatisfy(step -> assertThat(step.status()).isEqualTo(RunStatus.COMPLETED));
        assertThat(done.steps().get(1).done()).isEqualTo(7);
        assertThat(log()).contains("INFO nine rows");
        assertThat(ended).containsExactly("scripted completed");
    }

    @Test
    void aFailedRunKeepsCodeAndMessageAndRestartsAtItsFailedStep() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("second", context -> {
            throw new ControlRoomException(ErrorCode.TRAINING_DATA_INVALID, "one class only");
        });
        execute(run.id());

        PipelineRun failed = history.run(run.id());
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.errorCode()).isEqualTo("TRAINING_DATA_INVALID");
        assertThat(failed.error()).isEqualTo("one class only");
        assertThat(failed.steps())
                .extracting(PipelineRun.Step::status)
                .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.QUEUED);
        assertThat(log()).contains("ERROR second: TRAINING_DATA_INVALID: one class only");
        assertThat(ended).containsExactly("scripted rejected");

        pipeline.on("second", context -> {});
        assertThat(pipelines.restart(run.id()).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(operator.last().isRestart()).isTrue();
        execute(run.id());
        assertThat(pipeline.ran).containsExactly("first", "second", "second", "third");
        assertThat(pipeline.closed).containsExactly("run_1 failed one class only", "run_1 completed");
        assertThat(log()).containsOnlyOnce("INFO run started").containsOnlyOnce("INFO run goes on");
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(history.run(run.id()).error()).isNull();
    }

    @Test
    void aRunOfAKilledProcessRestartsInANewJobThatSkipsItsCompletedSteps() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        runner.begin(run.id());
        runner.run(run.id(), "first");
        history.setStepStatus(run.id(), "second", RunStatus.RUNNING);
        restartProcess();
        assertThat(operator.last().status).isEqualTo(BatchStatus.STARTED);

        pipelines.restart(run.id());
        assertThat(operator.jobs).hasSize(2);
        assertThat(operator.last().isRestart()).isFalse();
        execute(run.id());
        assertThat(pipeline.ran).containsExactly("first", "second", "third");
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(log()).contains("INFO first: completed before, not run again");
    }

    @Test
    void aRunThatFailedInAnEarlierProcessIsRestartedByTheBatchRuntime() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("third", context -> {
            throw new IllegalStateException("odd");
        });
        execute(run.id());
        pipeline.on("third", context -> {});
        restartProcess();

        pipelines.restart(run.id());
        assertThat(operator.last().isRestart()).isTrue();
    }

    @Test
    void anUnexpectedExceptionIsInternalAndNamesAnErrorId() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("first", context -> {
            throw new IllegalStateException("odd");
        });
        execute(run.id());
        assertThat(history.run(run.id()).errorCode()).isEqualTo("INTERNAL");
        assertThat(history.run(run.id()).error()).contains("first", "odd", "error id");
    }

    @Test
    void runningOutOfMemoryFailsTheRunAndSaysWhatToDo() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("first", context -> {
            throw new OutOfMemoryError("Java heap space");
        });
        execute(run.id());
        assertThat(history.run(run.id()).errorCode()).isEqualTo("OVERLOADED");
        assertThat(history.run(run.id()).error()).contains("not enough memory");
    }

    @Test
    void aStepThatADependencyFailedIsTriedAgain() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("second", context -> {
            if (pipeline.ran.size() < 4) {
                throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, "no answer");
            }
        });
        execute(run.id());
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(history.run(run.id()).steps().get(1).attempts()).isEqualTo(3);
        assertThat(retried).containsExactly("scripted second", "scripted second");
    }

    @Test
    void aStepThatADependencyKeepsFailingFailsTheRun() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("second", context -> {
            throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, "no answer");
        });
        execute(run.id());
        assertThat(history.run(run.id()).errorCode()).isEqualTo("REGISTRY_UNAVAILABLE");
        assertThat(pipeline.ran).containsExactly("first", "second", "second", "second");
    }

    @Test
    void aStepThatIsTriedOnceFailsTheRunAtOnce() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("third", context -> {
            throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, "no answer");
        });
        execute(run.id());
        assertThat(pipeline.ran).containsExactly("first", "second", "third");
    }

    @Test
    void aStepThatIsOutsideItsLimitEndsAtItsNextQuestionAndSaysSo() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("third", context -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 2) {
                Thread.onSpinWait();
            }
            context.progress().throwIfCancelled();
        });
        execute(run.id());

        PipelineRun failed = history.run(run.id());
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.errorCode()).isEqualTo("OVERLOADED");
        assertThat(failed.error()).contains("third took longer than its limit", "controlroom.pipelines.steps");
    }

    @Test
    void cancellingEndsTheStepAtItsNextQuestion() throws InterruptedException {
        PipelineRun run = pipelines.start("scripted", Map.of());
        CountDownLatch working = new CountDownLatch(1);
        pipeline.on("second", context -> {
            working.countDown();
            while (true) {
                context.progress().throwIfCancelled();
                Thread.onSpinWait();
            }
        });
        Thread batch = new Thread(() -> execute(run.id()));
        batch.start();
        assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        pipelines.cancel(run.id());
        batch.join(10_000);

        PipelineRun cancelled = history.run(run.id());
        assertThat(cancelled.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(cancelled.error()).isNull();
        assertThat(cancelled.steps().get(1).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(ended).containsExactly("scripted cancelled");
        assertThat(pipeline.closed).containsExactly("run_1 cancelled cancelled at step second");

        pipeline.on("second", context -> context.progress().throwIfCancelled());
        pipelines.restart(run.id());
        execute(run.id());
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aQueuedRunThatIsCancelledRunsNothing() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipelines.cancel(run.id());
        execute(run.id());
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(pipeline.ran).isEmpty();
    }

    @Test
    void aPipelineThatCannotCloseItsRunDoesNotChangeHowTheRunEnded() {
        pipeline.failsToClose = true;
        PipelineRun run = pipelines.start("scripted", Map.of());
        execute(run.id());
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(log()).contains("WARNING what the run leaves open could not be closed: no registry");
    }

    @Test
    void aRunOfAnotherNodeIsCancelledByThatNode() {
        PipelineRun run = history.create("scripted", pipeline.steps(), Map.of(), RunOrigin.API, "other-node")
                .orElseThrow();
        pipelines.cancel(run.id());

        assertThat(owners.said).containsExactly("cancel " + run.id());
    }

    @Test
    void aRestartedRunBelongsToThisNode() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        assertThat(run.owner()).isEqualTo("this-node");
        history.failInterrupted();
        pipelines.restart(run.id());

        assertThat(owners.said).containsExactly("take up " + run.id() + " this-node");
    }

    @Test
    void aRequestThatComesAgainIsAnsweredWithItsRunWhateverItsParametersAreNow() {
        RunOrigin origin = new RunOrigin("api", "key", "print", null);
        PipelineRun run = pipelines.start("scripted", Map.of(), origin);
        execute(run.id());

        assertThat(pipelines.start("scripted", Map.of("bad", "1"), origin).id()).isEqualTo(run.id());
        assertThat(history.runs(PageRequest.first(10)).items()).hasSize(1);
    }

    @Test
    void cancellingAnEndedRunChangesNothing() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        execute(run.id());
        pipelines.cancel(run.id());
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(operator.last().stopAsked).isFalse();
    }

    @Test
    void aSecondRunOfTheSameKindIsRefusedAlsoForARestart() {
        PipelineRun first = pipelines.start("scripted", Map.of());
        pipeline.on("first", context -> {
            throw new IllegalStateException("odd");
        });
        execute(first.id());
        PipelineRun second = pipelines.start("scripted", Map.of());
        assertThat(refusal(() -> pipelines.start("scripted", Map.of())).code()).isEqualTo(ErrorCode.CONFLICT);
        ControlRoomException refused = refusal(() -> pipelines.restart(first.id()));
        assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refused).hasMessageContaining(second.id());
    }

    @Test
    void onlyFailedAndCancelledRunsRestart() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        assertThat(refusal(() -> pipelines.restart(run.id())).code()).isEqualTo(ErrorCode.CONFLICT);
        execute(run.id());
        assertThat(refusal(() -> pipelines.restart(run.id()))).hasMessageContaining("completed");
        assertThat(refusal(() -> pipelines.restart("run_99")).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void wrongParametersLeaveNoRunBehind() {
        assertThat(refusal(() -> pipelines.start("scripted", Map.of("bad", "1")))
                        .code())
                .isEqualTo(ErrorCode.SETTINGS_INVALID);
        assertThat(pipelines.start("scripted", Map.of()).id()).isEqualTo("run_1");
    }

    @Test
    void aNodeWithoutTheRoleStartsRestartsAndCancelsNothing() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipelines = newPipelines(NodeRoles.of("serve"));

        assertThat(refusal(() -> pipelines.start("scripted", Map.of())))
                .hasMessage("this node runs no pipelines: its roles are serve (controlroom.node.roles); ask a node with"
                        + " the role pipelines")
                .extracting(ControlRoomException::code)
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(() -> pipelines.restart(run.id()))).hasMessageContaining("runs no pipelines");
        assertThat(refusal(() -> pipelines.cancel(run.id()))).hasMessageContaining("runs no pipelines");
        assertThat(operator.jobs).hasSize(1);
    }

    @Test
    void anUnknownPipelineFailsWithItsNameAndTheKnownOnes() {
        assertThat(refusal(() -> pipelines.start("scripted2", Map.of())))
                .hasMessage("pipeline 'scripted2'; must be one of scripted");
    }

    @Test
    void aRunThatTheBatchRuntimeRefusesIsFailedAndBlocksNobody() {
        operator.refusal = new JobStartException("no threads");
        assertThat(refusal(() -> pipelines.start("scripted", Map.of()))).hasMessageContaining("no threads");
        assertThat(history.run("run_1").status()).isEqualTo(RunStatus.FAILED);
        operator.refusal = null;
        assertThat(pipelines.start("scripted", Map.of()).id()).isEqualTo("run_2");
    }

    @Test
    void aJobRepositoryThatIsFullOrAwayIsSaidInWords() {
        operator.refusal = new IllegalStateException(
                new SQLException("IO Exception: /x/jobs.mv.db", new java.io.IOException("No space left on device")));
        ControlRoomException full = refusal(() -> pipelines.start("scripted", Map.of()));
        assertThat(full.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(full)
                .hasMessage("run run_1 of scripted cannot be started: the job repository has no space left on its disk;"
                        + " free space and start it again");
        assertThat(history.run("run_1").errorCode()).isEqualTo("STORAGE_FAILED");

        operator.refusal = new IllegalStateException(new SQLException("The database has been closed [90098-224]"));
        ControlRoomException closed = refusal(() -> pipelines.start("scripted", Map.of()));
        assertThat(closed.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        assertThat(closed)
                .hasMessageContaining("the job repository does not answer")
                .message()
                .doesNotContain("90098");
    }

    @Test
    void aRunWhoseEndCannotBeWrittenBlocksNobodyOnceItCan() {
        operator.refusal = new JobStartException("no threads");
        history.full = true;
        refusal(() -> pipelines.start("scripted", Map.of()));
        assertThat(history.run("run_1").status()).isEqualTo(RunStatus.QUEUED);
        history.full = false;
        operator.refusal = null;
        PipelineRun second = pipelines.start("scripted", Map.of());
        assertThat(history.run("run_1").status()).isEqualTo(RunStatus.FAILED);

        pipeline.on("second", context -> history.full = true);
        execute(second.id());
        assertThat(history.run(second.id()).status()).isEqualTo(RunStatus.RUNNING);
        history.full = false;
        pipelines.start("scripted", Map.of());
        assertThat(history.run(second.id()).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(ended).containsExactly("scripted completed");
    }

    @Test
    void aStepWhoseEndCouldNotBeWrittenIsNotLeftRunningInARunThatFailed() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("second", context -> {
            history.full = true;
            history.stepsRefused = true;
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "the disk is gone");
        });
        execute(run.id());
        assertThat(history.run(run.id()).steps())
                .extracting(PipelineRun.Step::status)
                .containsExactly(RunStatus.COMPLETED, RunStatus.RUNNING, RunStatus.QUEUED);
        history.full = false;
        history.stepsRefused = false;
        pipelines.start("scripted", Map.of());

        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.FAILED);
        assertThat(history.run(run.id()).steps())
                .extracting(PipelineRun.Step::status)
                .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.QUEUED);
    }

    @Test
    void theEndOfARunIsWrittenAsSoonAsItCanBeWithoutAnybodyAsking() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("third", context -> history.full = true);
        execute(run.id());
        history.full = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!history.run(run.id()).status().ended() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aRunWhoseJobHasNoEndInTheBatchRepositoryRestartsInANewJob() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        pipeline.on("second", context -> {
            throw new IllegalStateException("odd");
        });
        execute(run.id());
        operator.last().status = BatchStatus.STARTED;
        pipeline.on("second", context -> {});

        pipelines.restart(run.id());
        assertThat(operator.jobs).hasSize(2);
        assertThat(operator.last().isRestart()).isFalse();
        execute(run.id());
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void stepsRunInThreadsOfTheirOwnWithTheLowestPriority() {
        PipelineRun run = pipelines.start("scripted", Map.of());
        List<Thread> threads = new ArrayList<>();
        pipeline.on("first", context -> threads.add(Thread.currentThread()));
        List<Integer> priorities = new ArrayList<>();
        pipeline.on("second", context -> priorities.add(Thread.currentThread().getPriority()));
        execute(run.id());
        assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(priorities).containsExactly(Thread.MIN_PRIORITY);
    }

    @Test
    void shuttingDownCancelsAndWaitsForTheEnd() throws InterruptedException {
        PipelineRun run = pipelines.start("scripted", Map.of());
        CountDownLatch working = new CountDownLatch(1);
        pipeline.on("first", context -> {
            working.countDown();
            while (true) {
                context.progress().throwIfCancelled();
                Thread.onSpinWait();
            }
        });
        Thread batch = new Thread(() -> execute(run.id()));
        batch.start();
        assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        runner.cancelAll(Duration.ofSeconds(10));
        assertThat(history.run(run.id()).status()).isEqualTo(RunStatus.CANCELLED);
        batch.join(10_000);
    }

    private static ControlRoomException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        ControlRoomException thrown = catchThrowableOfType(ControlRoomException.class, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private List<String> log() {
        List<String> lines = new ArrayList<>();
        for (LogLine line : history.logLines("", 0, 1000)) {
            lines.add(line.level() + " " + line.text());
        }
        return lines;
    }

    private final class RememberingTelemetry implements Telemetry {
        @Override
        public void predicted(Prediction prediction, double seconds) {}

        @Override
        public void failed(ErrorCode code) {}

        @Override
        public void modelLive(String version, String stage) {}

        @Override
        public void pipelineEnded(String pipeline, String status, double seconds) {
            ended.add(pipeline + " " + status);
        }

        @Override
        public void stepRetried(String pipeline, String step) {
            retried.add(pipeline + " " + step);
        }
    }
}
