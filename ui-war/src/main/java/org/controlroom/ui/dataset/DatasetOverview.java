package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Load;
import org.controlroom.ui.client.Catalogue.Portion;
import org.controlroom.ui.client.Catalogue.Statistics;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.frame.Frame;
import org.jspecify.annotations.Nullable;

/** The catalogue in figures, and its newest loads. */
@Named("dataset")
@RequestScoped
public class DatasetOverview {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DatasetClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private static final int NEWEST = 5;

    private boolean asked;
    private @Nullable Statistics statistics;
    private @Nullable Portion portion;
    private List<Load> loads = List.of();
    private @Nullable ApiProblem problem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            statistics = client.statistics();
            loads = client.loads("", "", NEWEST).items();
            portion = client.nextPortion();
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public @Nullable Statistics getStatistics() {
        ask();
        return statistics;
    }

    /** How much of the configured folder is loaded; null when none is configured. */
    public @Nullable Portion getPortion() {
        ask();
        return portion;
    }

    public List<Load> getLoads() {
        ask();
        return loads;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }
}
