package org.controlroom.ui.training;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ControlRoomClient;
import org.controlroom.ui.client.Deployment;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.ModelVersion;
import org.controlroom.ui.client.NodeDeployment;
import org.controlroom.ui.client.NodeStatus;
import org.controlroom.ui.client.RegisteredModel;
import org.controlroom.ui.client.RegistryClient;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** The registered model: its versions, its aliases, what was live when, and the way back. */
@Named("registry")
@RequestScoped
public class RegistryPage {

    static final String PAGE = "registry";

    /** The model that classifies products. */
    static final String CLASSIFIER = "rakuten_classifier";

    private static final List<String> WAITING = List.of("challenger", "staging");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    RegistryClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ControlRoomClient node;

    private @Nullable RegisteredModel model;
    private NodeStatus.@Nullable Parts registry;
    private @Nullable Listed<ModelVersion> versions;
    private String previous = "";
    private @Nullable ApiProblem noWayBack;
    private @Nullable Listed<Deployment> deployments;
    private List<NodeDeployment> onNodes = List.of();
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;
    private boolean empty;

    @PostConstruct
    public void open() {
        if (model != null) {
            return;
        }
        Query query = web.query();
        try {
            model = client.model(getName());
            versions = client.versions(getName(), query.get("stage"), query.get("cursor"));
            findPrevious(model, versions.items());
        } catch (ApiProblem e) {
            empty = e.status() == 404 && getName().equals(CLASSIFIER);
            problem = empty ? null : e;
            if (!empty) {
                PageStatus.of(e);
            }
        }
        if (model == null && !empty && (problem == null || problem.status() == 404)) {
            return;
        }
        try {
            if (empty) {
                registry = node.status().parts();
                return;
            }
            deployments = client.deployments(getName(), null, query.get("history"));
            onNodes = client.onNodes(getName()).items();
            registry = node.status().parts();
        } catch (ApiProblem e) {
            problem = problem == null ? e : problem;
        }
    }

    /** Asked for only where a version says that it replaced another. */
    private void findPrevious(RegisteredModel known, List<ModelVersion> listed) {
        String version = known.aliases().get("production");
        if (version == null || !getName().equals(CLASSIFIER)) {
            return;
        }
        ModelVersion production = listed.stream()
                .filter(one -> one.version().equals(version))
                .findFirst()
                .orElseGet(() -> client.version(getName(), version));
        if (production.replaced().isEmpty()) {
            return;
        }
        try {
            previous = client.rollBackTarget(getName()).version();
        } catch (ApiProblem e) {
            if (e.status() != 409) {
                throw e;
            }
            noWayBack = e;
        }
    }

    /** Whether there is something to say about what was live; that needs no registry. */
    public boolean isHistory() {
        return deployments != null;
    }

    /** Which registry is in use; empty when nobody could be asked. */
    public String getKind() {
        return registry == null ? "" : registry.registryKind();
    }

    /** What MLflow's webhooks brought; null where none can come, and when nobody could be asked. */
    public NodeStatus.@Nullable Webhook getWebhook() {
        return getKind().equals("mlflow") && registry != null ? registry.webhook() : null;
    }

    public String getAddress() {
        return registry == null ? "" : registry.registry();
    }

    public String getName() {
        String name = web.raw("name");
        return name.isBlank() ? CLASSIFIER : name;
    }

    /** Whether nothing was registered yet. */
    public boolean isNothing() {
        return empty;
    }

    public @Nullable RegisteredModel getModel() {
        return model;
    }

    public List<Map.Entry<String, String>> getAliases() {
        return model == null ? List.of() : List.copyOf(model.aliases().entrySet());
    }

    public List<String> getStages() {
        return List.of("Production", "Staging", "Archived", "None");
    }

    public String getStage() {
        return web.raw("stage");
    }

    public List<ModelVersion> getVersions() {
        return versions == null ? List.of() : versions.items();
    }

    /**
     * A version that waits for somebody to decide.
     *
     * @param alias why it is known to wait
     * @param measured whether it has figures
     * @param link to what to do first
     */
    public record Waiting(String version, String alias, boolean measured, String link) {}

    /** Of the versions that are shown, those with an alias for a decision that is not made. */
    public List<Waiting> getWaiting() {
        List<Waiting> waiting = new ArrayList<>();
        for (ModelVersion each : getName().equals(CLASSIFIER) ? getVersions() : List.<ModelVersion>of()) {
            for (String alias : WAITING) {
                if (each.aliases().contains(alias) && !each.production()) {
                    boolean measured = each.tags().containsKey("f1_weighted");
                    String page = measured ? "registry-decision" : RegistryVersionPage.PAGE;
                    waiting.add(new Waiting(
                            each.version(),
                            alias,
                            measured,
                            Query.NONE.with("version", each.version()).link(page)));
                }
            }
        }
        return waiting;
    }

    public List<Deployment> getDeployments() {
        return deployments == null ? List.of() : deployments.items();
    }

    /** What each node answered with, newest first. */
    public List<NodeDeployment> getOnNodes() {
        return onNodes;
    }

    /** The version that a roll-back would bring back; empty when there is none. */
    public String getPrevious() {
        return previous;
    }

    /** Why the version that was replaced cannot be brought back; null when it can, or when none was. */
    public @Nullable ApiProblem getNoWayBack() {
        return noWayBack;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public String getReason() {
        return web.raw("reason");
    }

    /** Cursor of the next page; null on the last. */
    public @Nullable String getNext() {
        return versions == null ? null : versions.next();
    }

    public @Nullable String getOlderLink() {
        String next = deployments == null ? null : deployments.next();
        return next == null ? null : web.query().with("history", next).link(PAGE) + "#history";
    }

    public String getDone() {
        return web.raw("done");
    }

    public void rollBack() {
        try {
            ModelVersion now = client.rollBack(getName(), web.raw("reason"));
            web.redirect(Query.NONE
                    .with("name", getName())
                    .with("done", now.version())
                    .link(PAGE));
        } catch (ApiProblem e) {
            actionProblem = e;
        }
    }
}
