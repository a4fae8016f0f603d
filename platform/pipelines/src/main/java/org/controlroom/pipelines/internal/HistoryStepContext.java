package org.controlroom.pipelines.internal;

import java.util.Map;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.RunHistory;
import org.controlroom.spi.Progress;

/** Hands a step its run, and what the step says to the history. */
record HistoryStepContext(PipelineRun run, RunHistory history, Progress progress)
        implements PipelineDefinition.StepContext {

    @Override
    public String runId() {
        return run.id();
    }

    @Override
    public String pipeline() {
        return run.pipeline();
    }

    @Override
    public Map<String, String> parameters() {
        return run.parameters();
    }

    @Override
    public void log(String text) {
        history.log(run.id(), "INFO", text);
    }

    @Override
    public Map<String, String> outcome() {
        return history.run(run.id()).outcome();
    }

    @Override
    public void putOutcome(Map<String, String> outcome) {
        history.putOutcome(run.id(), outcome);
    }
}
