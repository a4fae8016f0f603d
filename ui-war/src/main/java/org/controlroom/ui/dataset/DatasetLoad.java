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
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.Catalogue.Rejected;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.client.Revision;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** One load and the rows it kept aside. */
@Named("datasetLoad")
@RequestScoped
public class DatasetLoad {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DatasetClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private static final int ROWS = 50;

    private boolean asked;
    private @Nullable Load load;
    private Part<Rejected> rejected = new Part<>(List.of(), null);
    private @Nullable ApiProblem problem;

    private static final int CHANGES = 10;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    private Part<Revision> changes = new Part<>(List.of(), null);
    private @Nullable ApiProblem actionProblem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            load = client.load(getId());
            rejected = client.rejected(getId(), frame.parameter("cursor"), ROWS);
            changes = client.changes(getId(), "", CHANGES);
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    public String getId() {
        String id = frame.parameter("id").strip();
        return id.isEmpty() ? "0" : id;
    }

    public @Nullable Load getLoad() {
        ask();
        return load;
    }

    /** The first of what it did. */
    public Part<Revision> getChanges() {
        ask();
        return changes;
    }

    /** Takes the load back and shows it again. */
    public void rollBack() {
        try {
            client.rollBack(getId(), getReason());
            faces.getExternalContext().redirect("dataset-load?id=" + frame.encoded(getId()));
            faces.responseComplete();
        } catch (ApiProblem e) {
            actionProblem = e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it was written into the form. */
    public String getReason() {
        String reason = faces.getExternalContext().getRequestParameterMap().get("reason");
        return reason == null ? "" : reason;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    /** Whether there is anything to take back. */
    public boolean isCompleted() {
        ask();
        return load != null && load.shown().equals("completed");
    }

    public Part<Rejected> getRejected() {
        ask();
        return rejected;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }
}
