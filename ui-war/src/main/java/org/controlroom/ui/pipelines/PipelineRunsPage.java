package org.controlroom.ui.pipelines;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.training.Web;
import org.jspecify.annotations.Nullable;

/** Runs of all pipelines, narrowed to a pipeline and a status. */
@Named("pipelineRuns")
@RequestScoped
public class PipelineRunsPage {

    private static final int A_PAGE = 25;
    private static final List<String> STATUSES = List.of("queued", "running", "completed", "failed", "cancelled");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelinesClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private List<PipelinesClient.Pipeline> pipelines = List.of();
    private Listed<PipelineRun> runs = new Listed<>(List.of(), null);
    private @Nullable ApiProblem problem;

    @PostConstruct
    void ask() {
        try {
            pipelines = client.pipelines();
            runs = client.runs(parameter("pipeline"), parameter("status"), parameter("cursor"), A_PAGE);
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    private @Nullable String parameter(String name) {
        String value = web.raw(name);
        return value.isBlank() ? null : value;
    }

    public List<String> getPipelines() {
        return pipelines.stream().map(PipelinesClient.Pipeline::name).toList();
    }

    public List<String> getStatuses() {
        return STATUSES;
    }

    public String getPipeline() {
        return web.raw("pipeline");
    }

    public String getStatus() {
        return web.raw("status");
    }

    /** Whether only some of the runs are asked for. */
    public boolean isNarrowed() {
        return parameter("pipeline") != null || parameter("status") != null || parameter("cursor") != null;
    }

    public Listed<PipelineRun> getRuns() {
        return runs;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }
}
