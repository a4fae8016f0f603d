package org.controlroom.ui.predictions;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PastBatch;
import org.controlroom.ui.client.PredictionsClient;
import org.jspecify.annotations.Nullable;

/** Uploads of many products, their progress and their answers. */
@Named("predictionBatches")
@RequestScoped
public class PredictionBatches {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PredictionsClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    private @Nullable Part file;
    private @Nullable List<PastBatch> items;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem uploadProblem;
    private boolean nothingChosen;

    /** Hands the chosen file to the API, and shows the list anew. */
    public void upload() throws IOException {
        Part chosen = file;
        if (chosen == null || chosen.getSize() == 0) {
            nothingChosen = true;
            return;
        }
        String name = String.valueOf(chosen.getSubmittedFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        boolean json = lower.endsWith(".ndjson") || lower.endsWith(".jsonl");
        try (InputStream in = chosen.getInputStream()) {
            client.upload(name, json ? "application/x-ndjson" : "text/csv", in);
        } catch (ApiProblem e) {
            uploadProblem = e;
            return;
        }
        ExternalContext outside = faces.getExternalContext();
        outside.redirect("predictions-batches");
        faces.responseComplete();
    }

    private void ask() {
        if (items != null || problem != null) {
            return;
        }
        try {
            items = client.batches();
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public List<PastBatch> getItems() {
        ask();
        return items == null ? List.of() : items;
    }

    /** Id in the address of a batch that is not there; empty when all is well, or nothing could be asked. */
    public String getUnknown() {
        String id = faces.getExternalContext().getRequestParameterMap().getOrDefault("id", "");
        return getProblem() != null
                        || getItems().stream().anyMatch(item -> item.id().equals(id))
                ? ""
                : id;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }

    public @Nullable ApiProblem getUploadProblem() {
        return uploadProblem;
    }

    public boolean isNothingChosen() {
        return nothingChosen;
    }

    /** Whether the page has to look again. */
    public boolean isUnderWay() {
        return getItems().stream().anyMatch(PastBatch::isUnderWay);
    }

    /** Look of a status, as the badge knows it. */
    public String level(PastBatch batch) {
        return switch (batch.status()) {
            case "completed" -> batch.failedRows() > 0 ? "warn" : "good";
            case "failed" -> "bad";
            case "running" -> "running";
            default -> "neutral";
        };
    }

    /** State in words; answers of which some are errors are no clean end. */
    public String state(PastBatch batch) {
        return batch.isCompleted() && batch.failedRows() > 0 ? "flawed" : batch.status();
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }
}
