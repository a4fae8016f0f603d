package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.Mistake;
import org.controlroom.ui.client.TrainingClient;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** Hold-out products that a run's model answered wrongly. */
@Named("trainingMistakes")
@RequestScoped
public class TrainingMistakesPage {

    static final String PAGE = "training-misclassified";

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    TrainingClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private @Nullable Listed<Mistake> mistakes;
    private @Nullable ApiProblem problem;

    public void open() {
        Query query = web.query();
        try {
            mistakes = client.mistakes(getRun(), query.get("true"), query.get("predicted"), query.get("cursor"));
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    public String getRun() {
        return web.id("run");
    }

    public String getTruth() {
        return web.raw("true");
    }

    public String getPredicted() {
        return web.raw("predicted");
    }

    public List<Mistake> getMistakes() {
        return mistakes == null ? List.of() : mistakes.items();
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    /** Cursor of the next page; null on the last. */
    public @Nullable String getNext() {
        return mistakes == null ? null : mistakes.next();
    }
}
