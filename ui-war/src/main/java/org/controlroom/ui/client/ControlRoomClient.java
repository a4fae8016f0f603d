package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Retry;

/** Asks the API what the home page shows. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class ControlRoomClient {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public NodeStatus status() {
        return ask(asked -> NodeStatus.of(asked.status()));
    }

    /** What was measured when this version was trained. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public ModelFigures figures(String model, String version) {
        return ask(asked -> {
            JsonObject registered = asked.version(model, version);
            return ModelFigures.of(registered, asked.run(registered.getString("run_id")));
        });
    }

    /** The last hour by the minute, oldest first. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public List<TrafficPoint> traffic() {
        return ask(asked -> items(asked.traffic()).map(TrafficPoint::of).toList());
    }

    /** The last runs of all pipelines, newest first. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public List<RecentRun> runs(int limit) {
        return ask(asked -> items(asked.pipelines())
                .map(pipeline -> pipeline.getString("name"))
                .flatMap(name -> items(asked.pipelineRuns(name, limit)))
                .map(RecentRun::of)
                .sorted(Comparator.comparing(RecentRun::createdAt).reversed())
                .limit(limit)
                .toList());
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
