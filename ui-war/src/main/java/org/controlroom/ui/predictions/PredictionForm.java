package org.controlroom.ui.predictions;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ExplainedAnswer;
import org.controlroom.ui.client.PastPrediction;
import org.controlroom.ui.client.PredictionsClient;
import org.controlroom.ui.client.Reasons;
import org.controlroom.ui.frame.PageStatus;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The form that predicts and explains. Checks nothing itself: the API says what it does not take, and why. */
@Named("predictionForm")
@RequestScoped
public class PredictionForm {

    private static final int TERMS_EACH_WAY = 8;

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

    /** What is written as 0.000 is no reason. */
    private static final double LEAST_SHOWN = 0.0005;

    private String designation = "";
    private String description = "";
    private @Nullable ExplainedAnswer answer;
    private @Nullable ApiProblem problem;
    private List<Side> sides = List.of();

    /**
     * The reasons of one label, ready to be shown.
     *
     * @param most the largest absolute contribution, for the length of bars
     */
    public record Side(Reasons reasons, HighlightedText.Marked marked, double most) {

        /** Length of a bar in percent. */
        public double width(double contribution) {
            return most == 0 ? 0 : 100 * Math.abs(contribution) / most;
        }
    }

    /** Fills the form with an earlier product when the address has {@code again=id}. */
    @PostConstruct
    void fill() {
        String again = faces.getExternalContext().getRequestParameterMap().get("again");
        if (again != null && !again.isEmpty() && !faces.isPostback()) {
            try {
                PastPrediction past = client.prediction(again);
                designation = past.designation();
                description = past.description();
            } catch (ApiProblem e) {
                problem = e;
                PageStatus.of(e);
            }
        }
    }

    public void send() {
        try {
            ExplainedAnswer given = client.predict(designation, description, TERMS_EACH_WAY);
            answer = given;
            List<Side> explained = new ArrayList<>();
            for (Reasons reasons : new Reasons[] {given.reasons(), given.runnerUp()}) {
                if (reasons != null) {
                    explained.add(side(reasons.from(LEAST_SHOWN)));
                }
            }
            sides = explained;
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    private Side side(Reasons reasons) {
        double most = reasons.terms().stream()
                .mapToDouble(term -> Math.abs(term.contribution()))
                .max()
                .orElse(0);
        return new Side(reasons, HighlightedText.mark(designation, description, reasons), most);
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

    public @Nullable ExplainedAnswer getAnswer() {
        return answer;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    /** The answer's reasons, then the runner-up's; none when the model cannot explain. */
    public List<Side> getSides() {
        return sides;
    }

    public boolean isUnsure() {
        return answer != null && answer.answer().confidence() < lowConfidence;
    }

    /** Lower bound of a confidence that is not marked, 0..1. */
    public double getLowConfidence() {
        return lowConfidence;
    }
}
