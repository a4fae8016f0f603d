package org.controlroom.pipelines.internal;

import jakarta.batch.api.listener.JobListener;
import jakarta.batch.runtime.context.JobContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Tells the runner when a job begins and ends, also when it ends between two steps. */
@Dependent
@Named("pipelineRun")
public class RunListener implements JobListener {

    private final StepRunner runner;
    private final String runId;

    @Inject
    public RunListener(StepRunner runner, JobContext job) {
        this.runner = runner;
        this.runId = job.getProperties().getProperty(BatchJobs.RUN_ID);
    }

    @Override
    public void beforeJob() {
        runner.begin(runId);
    }

    @Override
    public void afterJob() {
        runner.end(runId);
    }
}
