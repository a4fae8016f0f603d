package org.controlroom.ui.pipelines;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.controlroom.ui.training.Web;
import org.jspecify.annotations.Nullable;

/** One schedule: what it means, what became of its fire times, and all that can be changed; or a new one. */
@Named("schedulePage")
@RequestScoped
public class SchedulePage {

    private static final int FIRES = 20;
    private static final List<String> MISFIRES = List.of("last", "all", "none");
    private static final List<String> OVERLAPS = List.of("queue", "cancel", "fail");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PipelinesClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private List<PipelinesClient.Pipeline> pipelines = List.of();
    private @Nullable ScheduleView schedule;
    private List<ScheduleView.Fire> fires = List.of();
    private PipelinesClient.@Nullable Preview preview;
    private final List<String> wrong = new ArrayList<>();
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;
    private @Nullable ApiProblem switchProblem;

    @PostConstruct
    void ask() {
        try {
            pipelines = client.pipelines();
            if (!isNew()) {
                schedule = client.schedule(language(), web.id("name"));
                fires = client.fires(schedule.name(), FIRES);
                preview = new PipelinesClient.Preview(schedule.description(), schedule.nextTimes());
            }
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    private String language() {
        return frame.getLocale().getLanguage();
    }

    /** Whether the address names no schedule. */
    public boolean isNew() {
        return web.raw("name").isBlank();
    }

    public @Nullable ScheduleView getSchedule() {
        return schedule;
    }

    public List<ScheduleView.Fire> getFires() {
        return fires;
    }

    public PipelinesClient.@Nullable Preview getPreview() {
        return preview;
    }

    public List<String> getWrong() {
        return wrong;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public List<String> getPipelines() {
        return pipelines.stream().map(PipelinesClient.Pipeline::name).toList();
    }

    public List<String> getMisfires() {
        return MISFIRES;
    }

    public List<String> getOverlaps() {
        return OVERLAPS;
    }

    /** What a field holds: what was just sent, else what the schedule has. */
    public String value(String field) {
        if (web.has(field)) {
            return web.raw(field);
        }
        ScheduleView known = schedule;
        return switch (field) {
            case "pipeline" -> known == null ? "weekly" : known.pipeline();
            case "cron" -> known == null ? "0 9 * * 1-5" : known.cron();
            case "zone" -> known == null ? "UTC" : known.zone();
            case "misfire" -> known == null ? "last" : known.misfire();
            case "overlap" -> known == null ? "queue" : known.overlap();
            case "parameters" -> known == null ? "" : ParameterLines.write(known.parameters());
            default -> "";
        };
    }

    /** Says what the fields would mean, and keeps nothing. */
    public void show() {
        preview = null;
        act(() -> preview = client.preview(language(), web.raw("cron"), web.raw("zone")));
    }

    public void save() {
        Map<String, String> parameters = ParameterLines.read(web.raw("parameters"), wrong);
        if (!wrong.isEmpty()) {
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : List.of("pipeline", "cron", "zone", "misfire", "overlap")) {
            fields.put(field, web.raw(field));
        }
        act(() -> {
            client.save(isNew() ? web.raw("new-name") : web.id("name"), isNew(), fields, parameters);
            web.redirect("pipelines");
        });
    }

    /** Switches the schedule on or off, and shows it as it is then. */
    public void enable(boolean on) {
        String name = web.id("name");
        try {
            client.enable(name, on);
            web.redirect(Query.NONE.with("name", name).link("pipelines-schedule"));
        } catch (ApiProblem e) {
            switchProblem = e;
        }
    }

    public @Nullable ApiProblem getSwitchProblem() {
        return switchProblem;
    }

    public void remove() {
        act(() -> {
            client.remove(web.id("name"));
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
