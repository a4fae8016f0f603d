package org.controlroom.ui.pipelines;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.training.Web;
import org.jspecify.annotations.Nullable;

/** Starts a run of a pipeline with parameters. */
@Named("pipelineStart")
@RequestScoped
public class PipelineStartPage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelinesClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelineNames names;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private List<PipelinesClient.Pipeline> pipelines = List.of();
    private final List<String> wrong = new ArrayList<>();
    private @Nullable ApiProblem problem;

    @PostConstruct
    void ask() {
        try {
            pipelines = client.pipelines();
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public List<String> getPipelines() {
        return pipelines.stream().map(PipelinesClient.Pipeline::name).toList();
    }

    public String getPipeline() {
        return web.raw("pipeline");
    }

    /** Name in the address that no pipeline has; empty when all is well, or nothing could be asked. */
    public String getUnknown() {
        return problem != null || getPipelines().contains(getPipeline()) ? "" : getPipeline();
    }

    public String getParameters() {
        return web.raw("parameters");
    }

    /** Lines of the parameters that are none. */
    public List<String> getWrong() {
        return wrong;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public void start() {
        Map<String, String> parameters = ParameterLines.read(getParameters(), wrong);
        if (!wrong.isEmpty()) {
            return;
        }
        try {
            web.redirect(names.runLink(client.start(web.id("pipeline"), parameters)));
        } catch (ApiProblem e) {
            problem = e;
        }
    }
}
