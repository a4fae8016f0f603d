package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.function.Function;
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
            String run = asked.version(model, version).getString("run_id");
            return ModelFigures.of(asked.run(run));
        });
    }

    /** Predicts once; not tried again, because every answer is logged. */
    public Answer predict(String designation, String description) {
        JsonObject product = Json.createObjectBuilder()
                .add("designation", designation)
                .add("description", description)
                .build();
        return ask(asked -> Answer.of(asked.predict(product)));
    }

    private <T> T ask(Function<ControlRoomApi, T> question) {
        return connection.ask(ControlRoomApi.class, question);
    }
}
