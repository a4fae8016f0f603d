package org.controlroom.ui.training;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.LogLine;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.client.PipelineRun.Step;
import org.controlroom.ui.client.TrainingClient;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** One run of a pipeline: steps, progress, log, and what can be done about it. */
@Named("trainingPipeline")
@RequestScoped
public class TrainingPipelinePage {

    static final String PAGE = "training-pipeline";

    private static final int LOG_LINES = 2000;
    private static final Set<String> SAID_ELSEWHERE =
            Set.of("registry_run", "model_version", "promotion", "promotion_reason", "dataset_version", "load_id");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    TrainingClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private @Nullable PipelineRun run;
    private List<LogLine> log = List.of();
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    @PostConstruct
    public void open() {
        if (run != null) {
            return;
        }
        try {
            run = web.raw("pipeline").isBlank()
                    ? client.pipelineRun(getId())
                    : client.pipelineRun(getPipeline(), getId());
            log = client.log(getPipeline(), getId(), LOG_LINES).items();
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    public String getId() {
        return web.id("id");
    }

    public String getPipeline() {
        if (run != null) {
            return run.pipeline();
        }
        String pipeline = web.raw("pipeline");
        return pipeline.isBlank() ? TrainingClient.TRAIN : pipeline;
    }

    static String link(String pipeline, String id) {
        return Query.NONE
                .with("id", id)
                .with("pipeline", pipeline)
                .link(pipeline.equals(TrainingClient.TRAIN) ? PAGE : "pipelines-run");
    }

    public @Nullable PipelineRun getRun() {
        return run;
    }

    public List<LogLine> getLog() {
        return log;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public boolean isActive() {
        return run != null && run.active();
    }

    /** Whether the page has to be looked at again, because something may happen by itself. */
    public boolean isChanging() {
        return run != null && (run.active() || run.waiting());
    }

    public boolean isRestartable() {
        return run != null && (run.status().equals("failed") || run.status().equals("cancelled"));
    }

    /** The step at which a restart goes on; empty when there is none. */
    public String getFailedStep() {
        return run == null
                ? ""
                : run.steps().stream()
                        .filter(step -> !step.status().equals("completed"))
                        .map(Step::name)
                        .findFirst()
                        .orElse("");
    }

    /** Steps that are completed, of all. */
    public long getDone() {
        return run == null
                ? 0
                : run.steps().stream()
                        .filter(step -> step.status().equals("completed"))
                        .count();
    }

    public List<Map.Entry<String, String>> getParameters() {
        return run == null ? List.of() : List.copyOf(new TreeMap<>(run.parameters()).entrySet());
    }

    /** What the run achieved, but for what the page says in its own words. */
    public List<Map.Entry<String, String>> getOutcome() {
        if (run == null) {
            return List.of();
        }
        return new TreeMap<>(run.outcome())
                .entrySet().stream()
                        .filter(entry -> !SAID_ELSEWHERE.contains(entry.getKey()))
                        .toList();
    }

    /** Share of a step that is done, 0..1; -1 while it is not known. */
    public double share(Step step) {
        if (step.status().equals("completed")) {
            return 1;
        }
        return step.total() > 0 ? (double) step.done() / step.total() : -1;
    }

    /** Starts a new run with the same parameters and shows it. */
    public void again() {
        try {
            PipelineRun next = client.again(getPipeline(), getId());
            web.redirect(link(next.pipeline(), next.id()));
        } catch (ApiProblem e) {
            actionProblem = e;
        }
    }

    public void cancel() {
        act(() -> client.cancel(getPipeline(), getId()));
    }

    public void restart() {
        act(() -> client.restart(getPipeline(), getId()));
    }

    private void act(Runnable action) {
        try {
            action.run();
            web.redirect(link(getPipeline(), getId()));
        } catch (ApiProblem e) {
            actionProblem = e;
        }
    }
}
