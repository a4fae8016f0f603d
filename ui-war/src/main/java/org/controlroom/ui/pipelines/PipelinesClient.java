package org.controlroom.ui.pipelines;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.controlroom.ui.client.ApiConnection;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.JsonFields;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.client.PipelinesApi;
import org.jspecify.annotations.Nullable;

/** Asks the API for pipelines, runs and schedules. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class PipelinesClient {

    private static final int ALL = 500;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    /** One pipeline and its steps in order. */
    public record Pipeline(String name, List<String> steps) {}

    /** What an expression means. */
    public record Preview(String description, List<Instant> nextTimes) {}

    public List<Pipeline> pipelines() {
        return ask(api -> JsonFields.objects(
                api.pipelines(),
                "items",
                item -> new Pipeline(JsonFields.text(item, "name"), JsonFields.texts(item, "steps"))));
    }

    public Listed<PipelineRun> runs(
            @Nullable String pipeline, @Nullable String status, @Nullable String cursor, int limit) {
        return ask(api -> Listed.of(api.runs(pipeline, status, cursor, limit), PipelineRun::of));
    }

    public PipelineRun run(String pipeline, String id) {
        return ask(api -> PipelineRun.of(api.run(pipeline, id)));
    }

    public PipelineRun start(String pipeline, Map<String, String> parameters) {
        JsonObject body =
                Json.createObjectBuilder().add("parameters", texts(parameters)).build();
        return ask(api -> PipelineRun.of(api.start(pipeline, body)));
    }

    public List<ScheduleView> schedules(String language) {
        return ask(api -> JsonFields.objects(api.schedules(language, ALL), "items", ScheduleView::of));
    }

    public ScheduleView schedule(String language, String name) {
        return ask(api -> ScheduleView.of(api.schedule(language, name)));
    }

    public List<ScheduleView.Fire> fires(String name, int limit) {
        return ask(api -> JsonFields.objects(api.fires(name, limit), "items", ScheduleView.Fire::of));
    }

    public Preview preview(String language, String cron, String zone) {
        return ask(api -> {
            JsonObject answer = api.preview(language, cron, zone);
            return new Preview(JsonFields.text(answer, "description"), ScheduleView.instants(answer, "next_times"));
        });
    }

    public void save(String schedule, boolean isNew, Map<String, String> fields, Map<String, String> parameters) {
        JsonObjectBuilder body = Json.createObjectBuilder();
        fields.forEach(body::add);
        body.add("parameters", texts(parameters));
        ask(api -> isNew ? api.create(body.add("name", schedule).build()) : api.change(schedule, body.build()));
    }

    public void enable(String schedule, boolean on) {
        ask(api -> api.change(
                schedule, Json.createObjectBuilder().add("enabled", on).build()));
    }

    public void remove(String schedule) {
        ask(api -> {
            api.remove(schedule);
            return true;
        });
    }

    public PipelineRun runNow(String schedule) {
        return ask(api -> PipelineRun.of(api.runNow(schedule, JsonValue.EMPTY_JSON_OBJECT)));
    }

    private static JsonObjectBuilder texts(Map<String, String> parameters) {
        JsonObjectBuilder texts = Json.createObjectBuilder();
        parameters.forEach(texts::add);
        return texts;
    }

    private <T> T ask(Function<PipelinesApi, T> question) {
        return connection.ask(PipelinesApi.class, question);
    }
}
