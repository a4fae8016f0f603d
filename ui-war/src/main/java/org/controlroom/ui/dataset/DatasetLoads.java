package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Load;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.frame.Frame;
import org.jspecify.annotations.Nullable;

/** Loads, newest first. */
@Named("datasetLoads")
@RequestScoped
public class DatasetLoads {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DatasetClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private static final int ROWS = 50;

    private boolean asked;
    private Part<Load> loads = new Part<>(List.of(), null);
    private @Nullable ApiProblem problem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            loads = client.loads(getStatus(), frame.parameter("cursor"), ROWS);
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public Part<Load> getLoads() {
        ask();
        return loads;
    }

    public String getStatus() {
        return frame.parameter("status");
    }

    public List<String> getStatuses() {
        return List.of("completed", "failed", "running");
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }
}
