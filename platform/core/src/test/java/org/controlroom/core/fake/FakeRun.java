package org.controlroom.core.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.Progress;

/** One run of a pipeline, step by step, in the calling thread. */
public final class FakeRun implements PipelineDefinition.StepContext {

    public final Map<String, String> outcome = new TreeMap<>();
    public final List<String> log = new ArrayList<>();
    private final String id;
    private final String pipeline;
    private final Map<String, String> parameters;

    public FakeRun(String id, Map<String, String> parameters) {
        this("train-model", id, parameters);
    }

    public FakeRun(String pipeline, String id, Map<String, String> parameters) {
        this.pipeline = pipeline;
        this.id = id;
        this.parameters = parameters;
    }

    /** Runs all steps from this one on; the first failure ends the run. */
    public FakeRun from(String step, PipelineDefinition pipeline) {
        List<String> steps = pipeline.steps();
        steps.subList(steps.indexOf(step), steps.size()).forEach(next -> pipeline.run(next, this));
        return this;
    }

    @Override
    public String runId() {
        return id;
    }

    @Override
    public String pipeline() {
        return pipeline;
    }

    @Override
    public Map<String, String> parameters() {
        return parameters;
    }

    @Override
    public Progress progress() {
        return Progress.NONE;
    }

    @Override
    public void log(String text) {
        log.add(text);
    }

    @Override
    public Map<String, String> outcome() {
        return Map.copyOf(outcome);
    }

    @Override
    public void putOutcome(Map<String, String> entries) {
        outcome.putAll(entries);
    }
}
