package org.controlroom.pipelines;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.model.NodeRole;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.RunOwners;
import org.controlroom.pipelines.internal.BatchJobs;
import org.controlroom.pipelines.internal.Definitions;
import org.controlroom.pipelines.internal.StepRunner;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/**
 * Pipelines on Jakarta Batch. The run history, not the batch repository, is the truth about a run: a batch job gets the
 * run id only, and steps that the history has as completed are not run again.
 */
public final class BatchPipelines implements Pipelines {

    private final Definitions definitions;
    private final RunHistory history;
    private final BatchJobs jobs;
    private final StepRunner runner;
    private final NodeRoles roles;
    private final String node;
    private final RunOwners owners;

    /** Held from the check that no other run is open until this run is, because a restart creates no run. */
    private final Object oneAtATime = new Object();

    /**
     * @param roles of this node; without {@link NodeRole#PIPELINES} it runs nothing and says so
     * @param node name of this node, which owns the runs that it starts
     */
    public BatchPipelines(
            Definitions definitions,
            RunHistory history,
            BatchJobs jobs,
            StepRunner runner,
            NodeRoles roles,
            String node,
            RunOwners owners) {
        this.roles = roles;
        this.node = node;
        this.owners = owners;
        this.definitions = definitions;
        this.history = history;
        this.jobs = jobs;
        this.runner = runner;
    }

    @Override
    public List<Description> pipelines() {
        return definitions.all().stream()
                .map(definition -> new Description(definition.name(), definition.steps()))
                .toList();
    }

    @Override
    public PipelineRun start(String pipeline, Map<String, String> parameters, RunOrigin origin) {
        PipelineDefinition definition = definitions.get(pipeline);
        roles.require(NodeRole.PIPELINES);
        // Before the parameters are completed: those of a request that comes again may be wrong by now.
        Optional<PipelineRun> known = history.ofOrigin(origin);
        if (known.isPresent()) {
            return known.get();
        }
        Map<String, String> complete = definition.complete(parameters);
        synchronized (oneAtATime) {
            runner.settleEnds();
            Optional<PipelineRun> created = history.create(pipeline, definition.steps(), complete, origin, node);
            if (created.isEmpty()) {
                return history.ofOrigin(origin).orElseThrow();
            }
            PipelineRun run = created.get();
            launch(run, () -> jobs.start(pipeline, run.id()));
            return history.run(run.id());
        }
    }

    @Override
    public void cancel(String runId) {
        PipelineRun run = history.run(runId);
        if (run.status().ended()) {
            return;
        }
        if (!run.owner().isEmpty() && !run.owner().equals(node)) {
            owners.requestCancel(runId);
            return;
        }
        roles.require(NodeRole.PIPELINES);
        runner.cancel(runId);
        jobs.stop(runId);
    }

    @Override
    public PipelineRun restart(String runId) {
        synchronized (oneAtATime) {
            runner.settleEnds();
            PipelineRun run = history.run(runId);
            definitions.get(run.pipeline());
            roles.require(NodeRole.PIPELINES);
            if (run.status() != RunStatus.FAILED && run.status() != RunStatus.CANCELLED) {
                throw new ControlRoomException(
                        ErrorCode.CONFLICT,
                        Reason.of(
                                "run-not-restartable",
                                "run {0} is {1}; only failed and cancelled runs can be restarted",
                                runId,
                                run.status().text()));
            }
            requireNoOpenRun(run.pipeline());
            runner.forget(runId);
            owners.takeUp(runId, node, Instant.now());
            history.setStatus(runId, RunStatus.QUEUED, null);
            launch(run, () -> jobs.restart(run.pipeline(), runId));
            return history.run(runId);
        }
    }

    /** A batch runtime that takes no job must not leave a queued run that nobody will ever run. */
    private void launch(PipelineRun run, Runnable start) {
        try {
            start.run();
        } catch (RuntimeException e) {
            ControlRoomException failure = refused(run.id(), run.pipeline(), e);
            runner.failedToStart(run.id(), failure);
            throw failure;
        }
    }

    private static ControlRoomException refused(String id, String pipeline, RuntimeException e) {
        boolean database = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left")) {
                return new ControlRoomException(
                        ErrorCode.STORAGE_FAILED,
                        Reason.of(
                                "run-not-started-space",
                                "run {0} of {1} cannot be started: the job repository has no space left on its disk; free"
                                        + " space and start it again",
                                id,
                                pipeline),
                        e);
            }
            database |= cause instanceof SQLException;
        }
        return database
                ? new ControlRoomException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        Reason.of(
                                "run-not-started-database",
                                "run {0} of {1} cannot be started: the job repository does not answer; start it again when"
                                        + " /api/v1/status says that it does",
                                id,
                                pipeline),
                        e)
                : new ControlRoomException(
                        ErrorCode.INTERNAL,
                        Reason.of(
                                "run-not-started",
                                "run {0} of {1} could not be started: {2}",
                                id,
                                pipeline,
                                e.getMessage()),
                        e);
    }

    private void requireNoOpenRun(String pipeline) {
        for (RunStatus status : List.of(RunStatus.RUNNING, RunStatus.QUEUED)) {
            TreeMap<String, String> filters = new TreeMap<>(Map.of("pipeline", pipeline, "status", status.text()));
            List<PipelineRun> open =
                    history.runs(new PageRequest(filters, null, null, 1)).items();
            if (!open.isEmpty()) {
                throw new ControlRoomException(
                        ErrorCode.CONFLICT,
                        Reason.of(
                                "run-open-state",
                                "run {0} of {1} is {2}; wait for its end or cancel it",
                                open.get(0).id(),
                                pipeline,
                                status.text()));
            }
        }
    }
}
