package org.controlroom.ui.home;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ControlRoomClient;
import org.controlroom.ui.client.ModelFigures;
import org.controlroom.ui.client.NodeStatus;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.client.RecentPrediction;
import org.controlroom.ui.client.RunPage;
import org.controlroom.ui.frame.Format;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.pipelines.PipelineNames;
import org.controlroom.ui.pipelines.PipelinesClient;
import org.controlroom.ui.pipelines.ScheduleView;
import org.jspecify.annotations.Nullable;

/** What the home page shows of the server: asked once a request. What one question cannot get hides nothing else. */
@Named("home")
@RequestScoped
public class HomePage {

    private static final int RUNS = 6;
    private static final int PREDICTIONS = 10;
    private static final int FAILED = 10;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ControlRoomClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Format format;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelinesClient pipelines;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelineNames names;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private @Nullable List<ScheduleView> schedules;
    private @Nullable List<PipelineRun> failed;
    private @Nullable NodeStatus status;
    private @Nullable ModelFigures figures;
    private @Nullable String registryPage;
    private @Nullable LastHour lastHour;
    private @Nullable List<PipelineRun> runs;
    private @Nullable List<RecentPrediction> predictions;
    private @Nullable ApiProblem problem;
    private List<Part> parts = List.of();

    @PostConstruct
    void ask() {
        status = answer(client::status);
        parts = Part.of(status);
        if (status == null) {
            return;
        }
        NodeStatus.LiveModel model = status.model();
        if (model != null) {
            figures = figures(status, model);
            registryPage = registryPage(status, model);
        }
        lastHour = answer(() -> new LastHour(client.traffic(), texts()));
        runs = answer(() -> pipelines.runs(null, null, null, RUNS).items());
        predictions = answer(() -> client.predictions(PREDICTIONS));
        schedules = answer(() -> pipelines.schedules(frame.getLocale().getLanguage()));
        failed = answer(() -> pipelines.runs(null, "failed", null, FAILED).items());
    }

    /** A registry that does not answer has its own tile, which says so. */
    private @Nullable ModelFigures figures(NodeStatus known, NodeStatus.LiveModel model) {
        if (known.figures() != null || !known.parts().registryError().isEmpty()) {
            return known.figures();
        }
        try {
            return client.figures(model).orElse(null);
        } catch (ApiProblem e) {
            if (!e.code().equals("REGISTRY_UNAVAILABLE")) {
                problem = e;
            }
            return null;
        }
    }

    /** A built-in registry has no pages of its own, and one that does not answer cannot be asked for them. */
    private @Nullable String registryPage(NodeStatus known, NodeStatus.LiveModel model) {
        if (known.parts().registryKind().equals("embedded")
                || !known.parts().registryError().isEmpty()
                || model.run().isEmpty()) {
            return null;
        }
        try {
            return client.runPage(model.run()).map(RunPage::url).orElse(null);
        } catch (ApiProblem e) {
            return null; // the tile of the registry says what is wrong with it
        }
    }

    private <T> @Nullable T answer(Supplier<T> question) {
        try {
            return question.get();
        } catch (ApiProblem e) {
            if (problem == null) {
                problem = e;
            }
            return null;
        }
    }

    private ResourceBundle texts() {
        return faces.getApplication().getResourceBundle(faces, "msg");
    }

    public @Nullable NodeStatus getStatus() {
        return status;
    }

    /** {@code healthy}, {@code degraded}, {@code unhealthy}, or {@code unreachable} when nobody could be asked. */
    public String getLevel() {
        return status == null ? "unreachable" : status.level();
    }

    public NodeStatus.@Nullable LiveModel getModel() {
        return status == null ? null : status.model();
    }

    public @Nullable ModelFigures getFigures() {
        return figures;
    }

    /** Where MLflow shows the run of the live model; null without MLflow, and while it does not answer. */
    public @Nullable String getRegistryPage() {
        return registryPage;
    }

    public List<Part> getParts() {
        return parts;
    }

    /** A figure in the sentence of a part, written in its unit. */
    public String figure(Part part, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            return value == null ? "" : value.toString();
        }
        return switch (part.name()) {
            case "api" -> format.seconds(number);
            case "disk" -> format.bytes(number);
            default -> format.whole(number);
        };
    }

    /** Level of a part by its name, for the picture. */
    public String level(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(Part::level)
                .findFirst()
                .orElse("none");
    }

    /** Level of the pipelines, for the picture, as the badge of a run: running, or how the last run ended. */
    public String getPipelinesLevel() {
        List<PipelineRun> known = runs;
        if (known == null || known.isEmpty()) {
            return "none";
        }
        return known.stream().anyMatch(run -> run.status().equals("running"))
                ? "running"
                : names.level(known.get(0).state());
    }

    /** Whether it is known what runs next and what failed last. */
    public boolean isPipelinesKnown() {
        return schedules != null && failed != null;
    }

    /** The schedule that is due first; null when none is switched on. */
    public @Nullable ScheduleView getNextSchedule() {
        List<ScheduleView> known = schedules;
        ScheduleView first = null;
        for (ScheduleView one : known == null ? List.<ScheduleView>of() : known) {
            Instant next = one.next();
            Instant before = first == null ? null : first.next();
            if (next != null && (before == null || next.isBefore(before))) {
                first = one;
            }
        }
        return first;
    }

    /** The newest run that failed, rather one that was not refused what it was given; null when none did. */
    public @Nullable PipelineRun getLastFailed() {
        return failed == null ? null : lastFailed(failed);
    }

    static @Nullable PipelineRun lastFailed(List<PipelineRun> newestFirst) {
        return newestFirst.stream()
                .filter(run -> !run.isRefused())
                .findFirst()
                .orElse(newestFirst.isEmpty() ? null : newestFirst.get(0));
    }

    /** Whether the run is one of those in the list, which says why it failed. */
    public boolean shown(@Nullable PipelineRun run) {
        List<PipelineRun> known = runs;
        return run != null
                && known != null
                && known.stream().anyMatch(recent -> recent.id().equals(run.id()));
    }

    /** State of a run in words; one that was given what it cannot use has not failed like the others. */
    public String state(PipelineRun run) {
        String status =
                !run.isRefused() ? run.state() : run.pipeline().equals("load-data") ? "refused.file" : "refused";
        return texts().getString("run." + status);
    }

    public @Nullable LastHour getLastHour() {
        return lastHour;
    }

    public @Nullable List<PipelineRun> getRuns() {
        return runs;
    }

    public @Nullable List<RecentPrediction> getPredictions() {
        return predictions;
    }

    /** The first thing that could not be asked; null when everything was answered. */
    public @Nullable ApiProblem getProblem() {
        return problem;
    }
}
