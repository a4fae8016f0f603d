package org.controlroom.ui.home;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.controlroom.ui.client.Answer;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ControlRoomClient;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The form that predicts. Checks nothing itself: the API says what it does not take, and why. */
@Named("predict")
@RequestScoped
public class PredictForm {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ControlRoomClient client;

    /** Below this a person should look: {@code controlroom.ui.low-confidence}, 0..1. */
    @Inject
    @ConfigProperty(name = "controlroom.ui.low-confidence", defaultValue = "0.5")
    double lowConfidence;

    private String designation = "";
    private String description = "";
    private @Nullable Answer answer;
    private @Nullable ApiProblem problem;

    public void send() {
        try {
            answer = client.predict(designation, description);
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public String getDesignation() {
        return designation;
    }

    /** @param designation null when the field was left empty */
    public void setDesignation(@Nullable String designation) {
        this.designation = designation == null ? "" : designation;
    }

    public String getDescription() {
        return description;
    }

    /** @param description null when the field was left empty */
    public void setDescription(@Nullable String description) {
        this.description = description == null ? "" : description;
    }

    public @Nullable Answer getAnswer() {
        return answer;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public boolean isUnsure() {
        return answer != null && answer.confidence() < lowConfidence;
    }

    /** Lower bound of a confidence that is not marked, 0..1. */
    public double getLowConfidence() {
        return lowConfidence;
    }
}
