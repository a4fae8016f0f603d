package org.controlroom.ui.client;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Asks the API what the home page shows. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class ControlRoomClient {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int MODELS = 8;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    @Resource
    @SuppressWarnings("NullAway.Init") // injected
    ManagedExecutorService asking;

    @SuppressWarnings("NullAway.Init") // made when everything is injected
    private PromptMemory<NodeStatus.LiveModel, ModelFigures> figures;

    @SuppressWarnings("NullAway.Init") // made when everything is injected
    private PromptMemory<String, RunPage> pages;

    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public NodeStatus status() {
        return ask(asked -> NodeStatus.of(asked.status()));
    }

    /**
     * What was measured of a live model that the node itself knows no figures of. The registry, which may not answer, is
     * asked once for each model that goes live, and never for longer than a page can wait.
     *
     * @return empty when the registry has not answered yet
     */
    public Optional<ModelFigures> figures(NodeStatus.LiveModel live) {
        return figures.get(
                live,
                () -> ask(asked -> {
                    JsonObject registered = asked.version(live.name(), live.version());
                    return ModelFigures.of(registered, asked.run(registered.getString("run_id")));
                }));
    }

    @PostConstruct
    void open() {
        figures = new PromptMemory<>(PATIENCE, asking, MODELS);
        pages = new PromptMemory<>(PATIENCE, asking, MODELS);
    }

    /**
     * Where the registry itself shows a run; asked as {@link #figures}.
     *
     * @return empty when the registry has not answered yet
     */
    public Optional<RunPage> runPage(String run) {
        return pages.get(run, () -> ask(asked -> RunPage.of(asked.runPage(run))));
    }

    /** The last hour by the minute, oldest first. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public List<TrafficPoint> traffic() {
        return ask(asked -> items(asked.traffic()).map(TrafficPoint::of).toList());
    }

    /** The last predictions, newest first. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public List<RecentPrediction> predictions(int limit) {
        return ask(asked ->
                items(asked.predictions(limit)).map(RecentPrediction::of).toList());
    }

    private static Stream<JsonObject> items(JsonObject list) {
        return list.getJsonArray("items").getValuesAs(JsonObject.class).stream();
    }

    private <T> T ask(Function<ControlRoomApi, T> question) {
        return connection.ask(ControlRoomApi.class, question);
    }
}
