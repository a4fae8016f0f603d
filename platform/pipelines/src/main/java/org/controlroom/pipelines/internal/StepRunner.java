package org.controlroom.pipelines.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.StepPolicies;
import org.controlroom.core.model.StepPolicy;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.ErrorKind;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;

/**
 * Runs the steps of runs and writes down what happens. For each run the batch runtime calls, in this order:
 *
 * <ol>
 *   <li>{@link #begin} once,
 *   <li>{@link #run} for each step, until one throws or the job is stopped,
 *   <li>{@link #end} once.
 * </ol>
 *
 * <p>{@link #cancel} may come at any time from any thread.
 */
public final class StepRunner {

    private static final Logger LOG = Logger.getLogger(StepRunner.class.getName());
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(500);
    private static final Duration ENDS_PAUSE = Duration.ofSeconds(2);

    private final Definitions definitions;
    private final RunHistory history;
    private final Telemetry telemetry;
    private final Clock clock;
    private final StepThreads threads;
    private final StepPolicies policies;
    private final DoubleSupplier chance;
    private final Map<String, RunControl> controls = new ConcurrentHashMap<>();
    private final RunEnds ends = new RunEnds(ENDS_PAUSE);

    /** @param chance 0..1, by which delays vary */
    public StepRunner(
            Definitions definitions,
            RunHistory history,
            Telemetry telemetry,
            Clock clock,
            StepThreads threads,
            StepPolicies policies,
            DoubleSupplier chance) {
        this.definitions = definitions;
        this.history = history;
        this.telemetry = telemetry;
        this.clock = clock;
        this.threads = threads;
        this.policies = policies;
        this.chance = chance;
    }

    /** Lets the run's step end soon as CANCELLED, now or when it begins. */
    public void cancel(String runId) {
        control(runId).cancel();
    }

    /** Cancels all runs of this process, which is shutting down, and waits for their ends. */
    public void cancelAll(Duration patience) {
        controls.values().forEach(RunControl::cancel);
        long deadline = System.nanoTime() + patience.toNanos();
        for (RunControl control : controls.values()) {
            if (!control.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()))) {
                LOG.warning("a run did not stop within " + patience.toSeconds() + " s; it will be found cut off");
            }
        }
        ends.stop();
    }

    /** Forgets an earlier cancellation, before a restart. */
    public void forget(String runId) {
        controls.remove(runId);
    }

    /** Writes down that a run failed before its first step. */
    public void failedToStart(String runId, ControlRoomException failure) {
        ends.write(runId, () -> history.setStatus(runId, RunStatus.FAILED, failure));
    }

    /** Writes what could not be written when a run ended, as far as it can be now. */
    public void settleEnds() {
        ends.settle();
    }

    void begin(String runId) {
        control(runId).startedAt = clock.instant();
        threads.call(() -> {
            history.setStatus(runId, RunStatus.RUNNING, null);
            boolean again = history.run(runId).steps().stream().anyMatch(step -> step.attempts() > 0);
            history.log(runId, "INFO", again ? "run goes on" : "run started");
        });
    }

    /**
     * Runs one step to its end, unless it is completed already.
     *
     * @throws ControlRoomException when the step did not complete, for whatever reason
     */
    void run(String runId, String step) {
        threads.call(() -> runInThread(runId, step));
    }

    private void runInThread(String runId, String step) {
        PipelineRun run = history.run(runId);
        RunControl control = control(runId);
        if (statusOf(run, step) == RunStatus.COMPLETED) {
            history.log(runId, "INFO", step + ": completed before, not run again");
            return;
        }
        PipelineDefinition definition = definitions.get(run.pipeline());
        StepPolicy policy = policies.of(step);
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(run, definition, step, control);
                return;
            } catch (RuntimeException | OutOfMemoryError e) {
                ControlRoomException error = explain(runId, step, e);
                boolean again = error.code().kind() == ErrorKind.DEPENDENCY
                        && attempt < policy.attempts()
                        && !control.cancelled();
                if (!again) {
                    stepEnded(runId, step, error, control);
                    throw error;
                }
                telemetry.stepRetried(run.pipeline(), step);
                Duration delay = policy.delay(attempt, chance.getAsDouble());
                logQuietly(
                        runId,
                        "WARNING",
                        step + ": " + error.getMessage() + "; attempt " + attempt + " of " + policy.attempts()
                                + ", trying again in " + delay.toMillis() / 1000.0 + " s");
                control.awaitCancel(delay);
            }
        }
    }

    private void attempt(PipelineRun run, PipelineDefinition definition, String step, RunControl control) {
        String runId = run.id();
        Instant from = clock.instant();
        history.setStepStatus(runId, step, RunStatus.RUNNING);
        history.log(runId, "INFO", step + ": started");
        StepProgress progress = new StepProgress(
                (what, done, total) -> writeProgress(runId, step, what, done, total),
                control::cancelled,
                System::nanoTime,
                PROGRESS_INTERVAL);
        progress.throwIfCancelled();
        Duration limit = policies.of(step).limit();
        Progress limited = limit == null ? progress : new LimitedProgress(progress, step, limit, System::nanoTime);
        definition.run(step, new HistoryStepContext(run, history, limited));
        progress.flush();
        history.setStepStatus(runId, step, RunStatus.COMPLETED);
        history.log(runId, "INFO", step + ": completed in " + seconds(from));
    }

    /** A position that cannot be written is no reason to lose the work of the step. */
    private void writeProgress(String runId, String step, String what, long done, long total) {
        try {
            history.setStepProgress(runId, step, what, done, total);
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "progress of run " + runId + " was not written", e);
        }
    }

    private void stepEnded(String runId, String step, ControlRoomException error, RunControl control) {
        control.failure = error;
        boolean cancelled = error.code() == ErrorCode.CANCELLED;
        try {
            history.setStepStatus(runId, step, cancelled ? RunStatus.CANCELLED : RunStatus.FAILED);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "run " + runId + ": the end of step " + step + " was not written", e);
        }
        logQuietly(
                runId,
                cancelled ? "WARNING" : "ERROR",
                step + ": " + (cancelled ? "" : error.code() + ": ") + error.getMessage());
    }

    /** Decides how the run ended and writes it down, whatever the batch runtime thinks of it. */
    void end(String runId) {
        RunControl control = control(runId);
        try {
            threads.call(() -> ends.write(runId, () -> writeEnd(runId, control)));
        } finally {
            controls.remove(runId, control);
            control.ended();
        }
    }

    private void writeEnd(String runId, RunControl control) {
        PipelineRun run = history.run(runId);
        Optional<PipelineRun.Step> open = run.steps().stream()
                .filter(step -> step.status() != RunStatus.COMPLETED)
                .findFirst();
        ControlRoomException failure = control.failure;
        RunStatus status;
        ErrorCode code = null;
        if (open.isEmpty()) {
            status = RunStatus.COMPLETED;
            close(run, status, "");
            history.setStatus(runId, status, null);
        } else if (failure == null ? control.cancelled() : failure.code() == ErrorCode.CANCELLED) {
            status = RunStatus.CANCELLED;
            endOpenSteps(run, status, "cancelled");
            close(run, status, "cancelled at step " + open.get().name());
            history.setStatus(runId, status, null);
        } else {
            status = RunStatus.FAILED;
            ControlRoomException why = failure == null ? endedByRuntime(open.get()) : failure;
            code = why.code();
            String message = String.valueOf(why.getMessage());
            endOpenSteps(run, status, why.code() + ": " + message);
            close(run, status, message);
            history.setStatus(runId, status, why);
        }
        Duration took = Duration.between(control.startedAt, clock.instant());
        telemetry.pipelineEnded(run.pipeline(), PipelineRun.end(status, code), took.toMillis() / 1000.0);
        logQuietly(runId, "INFO", "run " + status.text() + " after " + seconds(control.startedAt));
    }

    private static ControlRoomException endedByRuntime(PipelineRun.Step step) {
        return new ControlRoomException(
                ErrorCode.INTERNAL,
                Reason.of(
                        "run-ended-by-runtime",
                        "the batch runtime ended the run before step {0}, as it does when its job repository cannot be"
                                + " written; the server's log has the reason, and the run can be restarted",
                        step.name()));
    }

    /** A step whose end could not be written when it came, because the database was away, is still running there. */
    private void endOpenSteps(PipelineRun run, RunStatus status, String reason) {
        for (PipelineRun.Step step : run.steps()) {
            if (step.status() == RunStatus.RUNNING) {
                history.setStepStatus(run.id(), step.name(), status);
                logQuietly(run.id(), status == RunStatus.CANCELLED ? "WARNING" : "ERROR", step.name() + ": " + reason);
            }
        }
    }

    /** Before the history has the end, so that who waits for it finds everything closed. */
    private void close(PipelineRun run, RunStatus status, String reason) {
        if (!(definitions.get(run.pipeline()) instanceof PipelineDefinition.Closing closing)) {
            return;
        }
        try {
            closing.ended(run.id(), status, reason);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "run " + run.id() + " was not closed", e);
            logQuietly(run.id(), "WARNING", "what the run leaves open could not be closed: " + e.getMessage());
        }
    }

    private void logQuietly(String runId, String level, String text) {
        try {
            history.log(runId, level, text);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "run " + runId + ": a log line was not written: " + text, e);
        }
    }

    private static ControlRoomException explain(String runId, String step, Throwable thrown) {
        if (thrown instanceof ControlRoomException known) {
            return known;
        }
        if (thrown instanceof OutOfMemoryError) {
            return new ControlRoomException(
                    ErrorCode.OVERLOADED,
                    Reason.of(
                            "step-memory",
                            "{0}: not enough memory (heap limit {1} MB); give the server more, or train on fewer features",
                            step,
                            Runtime.getRuntime().maxMemory() >> 20),
                    thrown);
        }
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.SEVERE, "run " + runId + ", step " + step + ", error id " + id, thrown);
        return new ControlRoomException(
                ErrorCode.INTERNAL,
                Reason.of("step-broke", "{0}: {1} (error id {2}, see the server log)", step, thrown, id),
                thrown);
    }

    private static RunStatus statusOf(PipelineRun run, String step) {
        return run.steps().stream()
                .filter(candidate -> candidate.name().equals(step))
                .map(PipelineRun.Step::status)
                .findFirst()
                .orElse(RunStatus.QUEUED);
    }

    private String seconds(Instant from) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(from, clock.instant()).toMillis() / 1000.0);
    }

    private RunControl control(String runId) {
        return controls.computeIfAbsent(runId, id -> new RunControl(clock.instant()));
    }
}
