package org.controlroom.ui.pipelines;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.training.Web;
import org.jspecify.annotations.Nullable;

/** All pipelines with their last run, all schedules, and the newest runs. */
@Named("pipelinesPage")
@RequestScoped
public class PipelinesPage {

    private static final int NEWEST = 8;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelinesClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelineNames names;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private List<PipelinesClient.Pipeline> pipelines = List.of();
    private List<ScheduleView> schedules = List.of();
    private Listed<PipelineRun> runs = new Listed<>(List.of(), null);
    private final Map<String, PipelineRun> last = new LinkedHashMap<>();
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    @PostConstruct
    void ask() {
        try {
            pipelines = client.pipelines();
            schedules = client.schedules(frame.getLocale().getLanguage());
            runs = client.runs(null, null, null, NEWEST);
            for (PipelinesClient.Pipeline pipeline : pipelines) {
                client.runs(pipeline.name(), null, null, 1).items().forEach(run -> last.put(pipeline.name(), run));
            }
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public List<PipelinesClient.Pipeline> getPipelines() {
        return pipelines;
    }

    public List<ScheduleView> getSchedules() {
        return schedules;
    }

    public List<PipelineRun> getRuns() {
        return runs.items();
    }

    /** The newest run of a pipeline; null when there is none. */
    public @Nullable PipelineRun last(String pipeline) {
        return last.get(pipeline);
    }

    /** Schedules of a pipeline. */
    public List<ScheduleView> of(String pipeline) {
        return schedules.stream()
                .filter(schedule -> schedule.pipeline().equals(pipeline))
                .toList();
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public void runNow(String schedule) {
        act(() -> web.redirect(names.runLink(client.runNow(schedule))));
    }

    public void enable(String schedule, boolean on) {
        act(() -> {
            client.enable(schedule, on);
            web.redirect("pipelines");
        });
    }

    private void act(Runnable action) {
        try {
            action.run();
        } catch (ApiProblem e) {
            actionProblem = e;
        }
    }
}
