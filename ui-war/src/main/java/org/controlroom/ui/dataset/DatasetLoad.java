package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Load;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.Catalogue.Rejected;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.frame.Frame;
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

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            load = client.load(getId());
            rejected = client.rejected(getId(), frame.parameter("cursor"), ROWS);
        } catch (ApiProblem e) {
            problem = e;
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

    public Part<Rejected> getRejected() {
        ask();
        return rejected;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }
}
