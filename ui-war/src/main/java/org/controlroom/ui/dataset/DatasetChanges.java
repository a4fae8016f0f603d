package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.client.Revision;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** All that one load did, product by product. */
@Named("datasetChanges")
@RequestScoped
public class DatasetChanges {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DatasetClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private static final int ROWS = 50;

    private boolean asked;
    private Part<Revision> changes = new Part<>(List.of(), null);
    private @Nullable ApiProblem problem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            changes = client.changes(getId(), frame.parameter("cursor"), ROWS);
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    public String getId() {
        String id = frame.parameter("id").strip();
        return id.isEmpty() ? "0" : id;
    }

    public Part<Revision> getChanges() {
        ask();
        return changes;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }
}
