package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.DatasetVersion;
import org.controlroom.ui.client.VersionClient;
import org.controlroom.ui.client.VersionClient.Making;
import org.controlroom.ui.frame.Frame;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** Versions of the dataset, newest first, and the form that makes one. */
@Named("datasetVersions")
@RequestScoped
public class DatasetVersions {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    VersionClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    private static final int ROWS = 50;

    private boolean asked;
    private Part<DatasetVersion> versions = new Part<>(List.of(), null);
    private @Nullable Making making;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            String run = frame.parameter("run");
            making = run.isEmpty() ? null : client.making(run); // before the list, which then has what is ready
            versions = client.versions(frame.parameter("cursor"), ROWS);
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    /** Starts to make a version and shows the run. */
    public void generate() {
        JsonObjectBuilder settings = Json.createObjectBuilder().add("balancing_strategy", getStrategy());
        try {
            add(settings, "balanced_size", getSize());
            add(settings, "percentage", getPercentage());
            String run = client.generate(settings.build()).id();
            faces.getExternalContext().redirect("dataset-versions?run=" + frame.encoded(run));
            faces.responseComplete();
        } catch (ApiProblem e) {
            actionProblem = e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a number where it is one; anything else is told by the API. */
    private static void add(JsonObjectBuilder settings, String name, String text) {
        if (text.isBlank()) {
            return;
        }
        try {
            settings.add(name, new BigDecimal(text.strip().replace(',', '.')));
        } catch (NumberFormatException e) {
            settings.add(name, text);
        }
    }

    public Part<DatasetVersion> getVersions() {
        ask();
        return versions;
    }

    /** The run that {@code ?run=} names; null without it. */
    public @Nullable Making getMaking() {
        ask();
        return making;
    }

    public boolean isRunning() {
        ask();
        return making != null && !making.run().ended();
    }

    /** What was written into the form. */
    private String field(String name) {
        String value = faces.getExternalContext().getRequestParameterMap().get(name);
        return value == null ? "" : value;
    }

    public String getStrategy() {
        String given = field("strategy");
        return given.isEmpty() ? "none" : given;
    }

    public List<String> getStrategies() {
        return List.of("none", "oversample", "class_weights");
    }

    public String getSize() {
        return field("size");
    }

    public String getPercentage() {
        return field("percentage");
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }
}
