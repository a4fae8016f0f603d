package org.controlroom.ui.predictions;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Trial;
import org.controlroom.ui.client.PastPrediction;
import org.controlroom.ui.client.PredictionsClient;
import org.controlroom.ui.frame.PageStatus;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** One logged prediction: {@code prediction?id=…}. */
@Named("predictionDetail")
@RequestScoped
public class PredictionDetail {

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

    private @Nullable PastPrediction prediction;
    private @Nullable Trial now;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem nowProblem;

    private void ask() {
        if (prediction != null || problem != null) {
            return;
        }
        try {
            prediction = client.prediction(getId());
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
            return;
        }
        try {
            now = client.predictionNow(getId());
        } catch (ApiProblem e) {
            nowProblem = e;
        }
    }

    /** As in the address; {@code -} when that has none. */
    public String getId() {
        String id = faces.getExternalContext().getRequestParameterMap().get("id");
        return id == null || id.isBlank() ? "-" : id;
    }

    public @Nullable PastPrediction getPrediction() {
        ask();
        return prediction;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }

    /** What the live model says about the same product; null when there is none. */
    public @Nullable Trial getNow() {
        ask();
        return now;
    }

    public @Nullable ApiProblem getNowProblem() {
        ask();
        return nowProblem;
    }

    /** {@code same} code as it was answered then, or {@code other}. */
    public String getVerdict() {
        ask();
        return now != null && prediction != null && now.label() == prediction.label() ? "same" : "other";
    }

    public boolean isUnsure() {
        ask();
        return prediction != null && prediction.confidence() < lowConfidence;
    }

    /** Lower bound of a confidence that is not marked, 0..1. */
    public double getLowConfidence() {
        return lowConfidence;
    }
}
