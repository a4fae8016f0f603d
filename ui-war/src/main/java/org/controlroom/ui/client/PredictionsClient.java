package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jspecify.annotations.Nullable;

/** Asks the API what the prediction pages show. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class PredictionsClient {

    private static final int CONFLICT = 409;
    private static final int BATCHES = 100;
    private static final Duration TRANSFER_PATIENCE = Duration.ofSeconds(60);

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    /**
     * Predicts once, with the reasons where the model can give them. Not tried again, because every answer is logged.
     *
     * @param terms terms for and terms against
     */
    public ExplainedAnswer predict(String designation, String description, int terms) {
        JsonObject product = Json.createObjectBuilder()
                .add("designation", designation)
                .add("description", description)
                .build();
        try {
            return connection.ask(PredictionsApi.class, api -> {
                JsonObject answer = api.explain(terms, product);
                JsonObject explanation = answer.getJsonObject("explanation");
                return new ExplainedAnswer(Answer.of(answer), Reasons.of(explanation), Reasons.ofRunnerUp(explanation));
            });
        } catch (ApiProblem e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            // The model cannot explain, and nothing was predicted.
            return connection.ask(
                    PredictionsApi.class, api -> new ExplainedAnswer(Answer.of(api.predict(product)), null, null));
        }
    }

    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public PastPrediction prediction(String id) {
        return connection.ask(PredictionsApi.class, api -> PastPrediction.of(api.prediction(id)));
    }

    /** What the live model answers for the same product now; this is no prediction of the log. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public Catalogue.Trial predictionNow(String id) {
        return connection.ask(PredictionsApi.class, api -> Catalogue.Trial.of(api.predictionNow(id)));
    }

    /** One page, newest first; goes on searching for a moment while it is not full. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public Listed<PastPrediction> predictions(PredictionFilter filter, @Nullable String cursor, int limit) {
        return connection.ask(
                PredictionsApi.class,
                api -> FullPage.of(
                        cursor,
                        limit,
                        (from, rows) -> api.predictions(
                                filter.label(),
                                filter.modelVersion(),
                                filter.text(),
                                filter.minConfidence(),
                                filter.maxConfidence(),
                                filter.from(),
                                filter.to(),
                                from,
                                rows),
                        PastPrediction::of));
    }

    /** Batches that the server keeps, newest first. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public List<PastBatch> batches() {
        return connection.ask(
                PredictionsApi.class,
                api -> api.batches(BATCHES)
                        .getJsonArray("items")
                        .getValuesAs(item -> PastBatch.of(item.asJsonObject())));
    }

    /** Uploads a file to be answered. */
    public PastBatch upload(String name, String contentType, InputStream body) {
        return connection.ask(
                PredictionsApi.class, TRANSFER_PATIENCE, api -> PastBatch.of(api.upload(contentType, name, body)));
    }

    /** Cancels a batch that has not ended, removes one that has. */
    public void removeBatch(String id) {
        connection.ask(PredictionsApi.class, api -> {
            api.removeBatch(id);
            return id;
        });
    }

    /** Hands the answers of a completed batch to a taker. */
    public void answers(String id, Taker taker) {
        connection.ask(PredictionsApi.class, TRANSFER_PATIENCE, api -> {
            try (Response response = api.answers(id);
                    InputStream in = response.readEntity(InputStream.class)) {
                taker.take(response.getMediaType().toString(), response.getHeaderString("Content-Disposition"), in);
                return id;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Takes a file. */
    public interface Taker {
        void take(String type, String disposition, InputStream in) throws IOException;
    }
}
