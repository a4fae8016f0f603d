package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.Catalogue.ProductDetail;
import org.controlroom.ui.client.Catalogue.Trial;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.client.Revision;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** One product, what the live model says about it, and its loads. */
@Named("datasetProduct")
@RequestScoped
public class DatasetProduct {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DatasetClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private static final int STATES = 20;

    private boolean asked;
    private @Nullable ProductDetail detail;
    private Part<Revision> history = new Part<>(List.of(), null);
    private @Nullable ApiProblem historyProblem;
    private @Nullable Trial trial;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem trialProblem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            history = client.history(getId(), frame.parameter("cursor"), STATES);
        } catch (ApiProblem e) {
            historyProblem = e;
        }
        try {
            detail = client.product(getId());
        } catch (ApiProblem e) {
            problem = e;
            if (historyProblem != null) { // a product that was taken back is known by its history
                PageStatus.of(e);
            }
            return;
        }
        try {
            trial = client.prediction(getId());
        } catch (ApiProblem e) {
            trialProblem = e;
        }
    }

    public String getId() {
        String id = frame.parameter("id").strip();
        return id.isEmpty() ? "0" : id;
    }

    public @Nullable ProductDetail getDetail() {
        ask();
        return detail;
    }

    /** Its states; also of a product that left with a load that was rolled back. */
    public Part<Revision> getHistory() {
        ask();
        return history;
    }

    /** Why they cannot be told, unless the product never was. */
    public @Nullable ApiProblem getHistoryProblem() {
        ask();
        return historyProblem == null || historyProblem.status() == 404 ? null : historyProblem;
    }

    public @Nullable Trial getTrial() {
        ask();
        return trial;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }

    public @Nullable ApiProblem getTrialProblem() {
        ask();
        return trialProblem;
    }

    /** {@code agrees}, {@code differs}, or {@code unlabelled} when there is nothing to compare with. */
    public String getVerdict() {
        ask();
        Long label = detail == null ? null : detail.product().label();
        if (label == null || trial == null) {
            return "unlabelled";
        }
        return trial.label() == label ? "agrees" : "differs";
    }
}
