package org.controlroom.pipelines.internal;

import jakarta.batch.operations.JobOperator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.controlroom.core.model.NodeName;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.StepPolicies;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.RunOwners;
import org.controlroom.core.port.Telemetry;
import org.controlroom.pipelines.BatchPipelines;

/**
 * Connects the pipelines to the container: takes definitions, history and telemetry from the composition root, and the
 * batch runtime and threads from the server.
 */
@ApplicationScoped
public class PipelineBeans {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(5);

    /** Before the history is closed, so that a cancelled run can still be written down as such. */
    void stopping(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event, StepRunner runner) {
        runner.cancelAll(SHUTDOWN_PATIENCE);
    }

    @Produces
    @Singleton
    Definitions definitions(@Any Instance<PipelineDefinition> definitions) {
        return new Definitions(definitions);
    }

    @Produces
    @Singleton
    StepRunner stepRunner(Definitions definitions, RunHistory history, Telemetry telemetry, StepPolicies policies) {
        return new StepRunner(
                definitions,
                history,
                telemetry,
                Clock.systemUTC(),
                new StepThreads(PipelineBeans::stepThread),
                policies,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Daemons: a step that does not listen to its cancellation must not keep the process alive. */
    private static Thread stepThread(Runnable work) {
        Thread thread = new Thread(work, "pipeline-step");
        thread.setDaemon(true);
        return thread;
    }

    @Produces
    @Singleton
    Pipelines pipelines(
            Definitions definitions,
            RunHistory history,
            StepRunner runner,
            JobOperator operator,
            NodeRoles roles,
            NodeName node,
            RunOwners owners) {
        return new BatchPipelines(
                definitions, history, new BatchJobs(operator, PATIENCE), runner, roles, node.text(), owners);
    }
}
