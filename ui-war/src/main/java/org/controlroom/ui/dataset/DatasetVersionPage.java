package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.DatasetVersion;
import org.controlroom.ui.client.VersionClient;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** One version of the dataset. */
@Named("datasetVersion")
@RequestScoped
public class DatasetVersionPage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    VersionClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private boolean asked;
    private @Nullable DatasetVersion version;
    private @Nullable ApiProblem problem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            version = client.version(getId());
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    public String getId() {
        String id = frame.parameter("id").strip();
        return id.isEmpty() ? "none" : id;
    }

    public @Nullable DatasetVersion getVersion() {
        ask();
        return version;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }
}
