package org.controlroom.pipelines.internal;

import jakarta.batch.api.Batchlet;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What every step of every job file names: runs the step of that name of the run in the job's properties. */
@Dependent
@Named("pipelineStep")
public class StepBatchlet implements Batchlet {

    private final StepRunner runner;
    private final String runId;
    private final String step;

    @Inject
    public StepBatchlet(StepRunner runner, JobContext job, StepContext step) {
        this.runner = runner;
        this.runId = job.getProperties().getProperty(BatchJobs.RUN_ID);
        this.step = step.getStepName();
    }

    @Override
    public String process() {
        runner.run(runId, step);
        return "COMPLETED";
    }

    @Override
    public void stop() {
        runner.cancel(runId);
    }
}
