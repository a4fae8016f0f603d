package org.controlroom.ui.plugins;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PluginUpload;
import org.controlroom.ui.client.PluginsClient;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** An uploaded jar: what it holds, and the decision what to do with it. */
@Named("pluginUpload")
@RequestScoped
public class PluginUploadPage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    PluginsClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    HttpServletRequest request;

    private @Nullable PluginUpload upload;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    public String getId() {
        String id = request.getParameter("id");
        return id == null ? "" : id;
    }

    public @Nullable PluginUpload getUpload() {
        if (upload == null && problem == null && !getId().isEmpty()) {
            try {
                upload = client.upload(getId());
            } catch (ApiProblem e) {
                problem = e;
                PageStatus.of(e);
            }
        }
        return upload;
    }

    public @Nullable ApiProblem getProblem() {
        getUpload();
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public @Nullable String update() {
        String mode = request.getParameter("mode");
        return use("update", "in_place".equals(mode) ? "in_place" : "blue_green");
    }

    public @Nullable String install() {
        return use("install", "blue_green");
    }

    private @Nullable String use(String action, String mode) {
        try {
            return PluginDetailPage.changePage(client.use(getId(), action, mode));
        } catch (ApiProblem e) {
            actionProblem = e;
            return null;
        }
    }

    public @Nullable String discard() {
        try {
            client.discard(getId());
            return "plugins?faces-redirect=true";
        } catch (ApiProblem e) {
            actionProblem = e;
            return null;
        }
    }
}
