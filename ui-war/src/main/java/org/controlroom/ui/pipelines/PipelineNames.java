package org.controlroom.ui.pipelines;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ResourceBundle;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.frame.Query;

/** What the pages about pipelines call things, and where their pages are. */
@Named("pipelineNames")
@RequestScoped
public class PipelineNames {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    /** A pipeline in the reader's language; its own name when we have no other. */
    public String pipeline(String name) {
        return textOr("pipeline." + name, name);
    }

    /** A status of a run or a fire time. */
    public String status(String status) {
        return textOr("status." + status, status);
    }

    /** Colour of its badge. */
    public String level(String status) {
        return switch (status) {
            case "completed", "started" -> "healthy";
            case "failed" -> "unhealthy";
            case "cancelled", "parked", "rejected", "missed" -> "degraded";
            case "running" -> "running";
            default -> "neutral";
        };
    }

    public String runLink(PipelineRun run) {
        return runLink(run.pipeline(), run.id());
    }

    public String runLink(String pipeline, String id) {
        return Query.NONE.with("id", id).with("pipeline", pipeline).link("pipelines-run");
    }

    String textOr(String key, String otherwise) {
        ResourceBundle texts = faces.getApplication().getResourceBundle(faces, "pipelinesText");
        return texts.containsKey(key) ? texts.getString(key) : otherwise;
    }
}
