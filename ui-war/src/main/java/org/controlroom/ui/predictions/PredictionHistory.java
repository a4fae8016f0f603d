package org.controlroom.ui.predictions;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.PastPrediction;
import org.controlroom.ui.client.PredictionFilter;
import org.controlroom.ui.client.PredictionsClient;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The last predictions, or those that the address asks for. */
@Named("predictionHistory")
@RequestScoped
public class PredictionHistory {

    private static final int ROWS = 50;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PredictionsClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    /** Below this a person should look: {@code controlroom.ui.low-confidence}, 0..1. */
    @Inject
    @ConfigProperty(name = "controlroom.ui.low-confidence", defaultValue = "0.5")
    double lowConfidence;

    private @Nullable Listed<PastPrediction> found;
    private @Nullable ApiProblem problem;

    private void ask() {
        if (found != null || problem != null) {
            return;
        }
        try {
            found = client.predictions(filter(), parameter("cursor"), ROWS);
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    private PredictionFilter filter() {
        return new PredictionFilter(
                parameter("label"),
                parameter("model_version"),
                parameter("text"),
                parameter("min_confidence"),
                parameter("max_confidence"),
                parameter("from"),
                parameter("to"));
    }

    private @Nullable String parameter(String name) {
        String value = faces.getExternalContext().getRequestParameterMap().get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Whether the address asks for some predictions only. */
    public boolean isFiltered() {
        return !filter().equals(new PredictionFilter(null, null, null, null, null, null, null));
    }

    public List<PastPrediction> getItems() {
        ask();
        return found == null ? List.of() : found.items();
    }

    /** Cursor of the next page; null on the last. */
    public @Nullable String getNext() {
        ask();
        return found == null ? null : found.next();
    }

    /** Whether the search stopped before its page was full. */
    public boolean isSearching() {
        return getNext() != null && getItems().size() < ROWS;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }

    public boolean unsure(PastPrediction prediction) {
        return prediction.confidence() < lowConfidence;
    }
}
