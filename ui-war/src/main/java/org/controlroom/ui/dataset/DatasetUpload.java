package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.LoadProgress;
import org.controlroom.ui.client.CatalogueUpload;
import org.controlroom.ui.client.CatalogueUpload.Preview;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** Uploads: those that are kept, or one with its first rows and the run that loads it. */
@Named("datasetUpload")
@RequestScoped
public class DatasetUpload {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DatasetClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    private boolean asked;
    private List<CatalogueUpload> uploads = List.of();
    private @Nullable CatalogueUpload upload;
    private List<Preview> previews = List.of();
    private @Nullable LoadProgress progress;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            if (getId().isEmpty()) {
                uploads = client.uploads();
                return;
            }
            CatalogueUpload found = client.upload(getId());
            upload = found;
            String runId = found.runId();
            if (runId != null) {
                progress = client.progress(runId);
            }
            if (progress == null || (!progress.loading() && !isLoaded())) {
                previews = client.preview(getId());
            }
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    /** Starts the run that loads the upload. */
    public void load() {
        act(() -> client.loadUpload(getId()), "dataset-upload?id=" + frame.encoded(getId()));
    }

    /** Removes the upload and its files. */
    public void remove() {
        act(() -> client.removeUpload(getId()), "dataset-upload");
    }

    private void act(Runnable action, String then) {
        try {
            action.run();
            faces.getExternalContext().redirect(then);
            faces.responseComplete();
        } catch (ApiProblem e) {
            actionProblem = e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String getId() {
        return frame.parameter("id").strip();
    }

    public List<CatalogueUpload> getUploads() {
        ask();
        return uploads;
    }

    public @Nullable CatalogueUpload getUpload() {
        ask();
        return upload;
    }

    public List<Preview> getPreviews() {
        ask();
        return previews;
    }

    /** Of the run that loads it; null before. */
    public @Nullable LoadProgress getProgress() {
        ask();
        return progress;
    }

    /** Whether a run loads it now, so that the page looks again. */
    public boolean isLoading() {
        ask();
        return progress != null && progress.loading();
    }

    private boolean isLoaded() {
        return progress != null && progress.run().status().equals("completed");
    }

    /** Whether the product file has arrived and nothing speaks against loading it. */
    public boolean isLoadable() {
        ask();
        return upload != null
                && upload.products() != null
                && !isLoading()
                && !isLoaded()
                && previews.stream().allMatch(preview -> preview.problem() == null);
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }
}
