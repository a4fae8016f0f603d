package org.controlroom.ui.home;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ControlRoomClient;
import org.controlroom.ui.client.ModelFigures;
import org.controlroom.ui.client.NodeStatus;
import org.jspecify.annotations.Nullable;

/** What the home page shows of the server: asked once a request, when the page first needs it. */
@Named("home")
@RequestScoped
public class HomePage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ControlRoomClient client;

    private boolean asked;
    private @Nullable NodeStatus status;
    private @Nullable ModelFigures figures;
    private @Nullable ApiProblem statusProblem;
    private @Nullable ApiProblem figuresProblem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            status = client.status();
        } catch (ApiProblem e) {
            statusProblem = e;
            return;
        }
        NodeStatus.LiveModel model = status.model();
        if (model != null) {
            try {
                figures = client.figures(model.name(), model.version());
            } catch (ApiProblem e) {
                figuresProblem = e;
            }
        }
    }

    public @Nullable NodeStatus getStatus() {
        ask();
        return status;
    }

    /** {@code healthy}, {@code degraded}, {@code unhealthy}, or {@code unreachable} when nobody could be asked. */
    public String getLevel() {
        ask();
        return status == null ? "unreachable" : status.level();
    }

    public NodeStatus.@Nullable LiveModel getModel() {
        ask();
        return status == null ? null : status.model();
    }

    public @Nullable ModelFigures getFigures() {
        ask();
        return figures;
    }

    public @Nullable ApiProblem getStatusProblem() {
        ask();
        return statusProblem;
    }

    public @Nullable ApiProblem getFiguresProblem() {
        ask();
        return figuresProblem;
    }
}
