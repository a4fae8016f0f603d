package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Load;
import org.controlroom.ui.client.Catalogue.LoadProgress;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.Catalogue.Portion;
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

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    private boolean asked;
    private @Nullable LoadProgress progress;
    private @Nullable Portion next;
    private @Nullable ApiProblem nextProblem;
    private @Nullable ApiProblem actionProblem;
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
            return;
        }
        try {
            String runId = frame.parameter("run");
            if (!runId.isEmpty()) {
                progress = client.progress(runId);
            }
            next = isLoading() ? null : client.nextPortion();
        } catch (ApiProblem e) {
            nextProblem = e;
        }
    }

    /** Starts the load of the next portion and shows its run. */
    public void loadNext() {
        try {
            faces.getExternalContext()
                    .redirect("dataset-loads?run="
                            + frame.encoded(client.loadNextPortion().id()));
            faces.responseComplete();
        } catch (ApiProblem e) {
            actionProblem = e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the run that {@code ?run=} names; null without it. */
    public @Nullable LoadProgress getProgress() {
        ask();
        return progress;
    }

    public boolean isLoading() {
        ask();
        return progress != null && progress.loading();
    }

    /** What a load of the configured folder would take now; null when none is configured, and while a run loads. */
    public @Nullable Portion getNext() {
        ask();
        return next;
    }

    /** Why that cannot be told. */
    public @Nullable ApiProblem getNextProblem() {
        ask();
        return nextProblem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
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
