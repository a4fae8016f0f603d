package org.controlroom.ui.training;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.TreeMap;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Deployment;
import org.controlroom.ui.client.ModelVersion;
import org.controlroom.ui.client.RegistryClient;
import org.controlroom.ui.client.RegistryRun;
import org.controlroom.ui.client.TrainingClient;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** One version: where it comes from, when it was live, and what can be decided about it. */
@Named("registryVersion")
@RequestScoped
public class RegistryVersionPage {

    static final String PAGE = "registry-version";

    private static final List<String> OWN_TAGS =
            List.of("promotion.", "archive.", "artifact.", "evaluation.", "pipeline.");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    RegistryClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    TrainingClient runs;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Shown shown;

    private @Nullable ModelVersion version;
    private @Nullable RegistryRun run;
    private List<Deployment> deployments = List.of();
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;
    private String action = "";

    /** One tag. */
    public record Tag(String key, String value, boolean own) {}

    @PostConstruct
    public void open() {
        if (version != null) {
            return;
        }
        try {
            ModelVersion found = client.version(getName(), web.id("version"));
            version = found;
            // Of this number, another registry may have had another version.
            deployments = client.deployments(getName(), found.version(), null).items().stream()
                    .filter(each -> !each.elsewhere())
                    .toList();
            if (!found.runId().isEmpty()) {
                run = runs.run(found.runId());
            }
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    public String getName() {
        String name = web.raw("name");
        return name.isBlank() ? RegistryPage.CLASSIFIER : name;
    }

    public @Nullable ModelVersion getVersion() {
        return version;
    }

    public @Nullable RegistryRun getRun() {
        return run;
    }

    public List<Deployment> getDeployments() {
        return deployments;
    }

    /** Tags of people and of the platform; the decision is shown apart. */
    public List<Tag> getTags() {
        return version == null
                ? List.of()
                : new TreeMap<>(version.tags())
                        .entrySet().stream()
                                .map(tag -> new Tag(
                                        tag.getKey(),
                                        tag.getValue(),
                                        OWN_TAGS.stream().anyMatch(tag.getKey()::startsWith)))
                                .toList();
    }

    public String tag(String key) {
        return version == null ? "" : version.tags().getOrDefault(key, "");
    }

    /** What the tag {@code evaluation} says, for other languages; null when a version of an earlier release says it in English only. */
    public ApiProblem.@Nullable Reason getEvaluation() {
        ApiProblem.Reason said = ApiProblem.Reason.parse(tag("evaluation.reason"));
        return said == null
                ? null
                : new ApiProblem.Reason(
                        said.key(), said.values().stream().map(shown::outcome).toList());
    }

    public boolean isArchived() {
        return version != null && "archived".equalsIgnoreCase(version.stage());
    }

    /** Whether there is a decision that no other line says. */
    public boolean isDecisionShown() {
        String decision = tag("promotion.decision");
        return !decision.isEmpty()
                && !(decision.equals("archived") && !tag("archive.reason").isEmpty());
    }

    /** When somebody archived it last; null when nobody did. */
    public @Nullable Instant getArchivedAt() {
        try {
            return Instant.parse(tag("archive.time"));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    /** What the action with this name was answered; null when it was not asked for or went well. */
    public @Nullable ApiProblem problemOf(String asked) {
        return asked.equals(action) ? actionProblem : null;
    }

    public String getDone() {
        return web.raw("done");
    }

    public String getReason() {
        return web.raw("reason");
    }

    /** Whether somebody registered it elsewhere and nobody has measured it. */
    public boolean isUnmeasured() {
        return version != null
                && version.tags().get("f1_weighted") == null
                && RegistryPage.CLASSIFIER.equals(getName());
    }

    public void measure() {
        act("measure", () -> client.measure(getName(), web.id("version")));
    }

    public void promote() {
        decide("promote");
    }

    public void stage() {
        decide("stage");
    }

    public void archive() {
        decide("archive");
    }

    private void decide(String decision) {
        act(decision, () -> client.decide(getName(), web.id("version"), decision, web.raw("reason")));
    }

    public void setAlias() {
        act("alias", () -> client.setAlias(getName(), name("alias"), web.id("version")));
    }

    public void removeAlias() {
        act("unalias", () -> client.removeAlias(getName(), name("alias")));
    }

    public void setTag() {
        act("tag", () -> client.setTag(getName(), web.id("version"), name("tag"), web.raw("value")));
    }

    public void removeTag() {
        act("untag", () -> client.removeTag(getName(), web.id("version"), name("tag")));
    }

    /** A name that can stand in an address of the API; the API is not asked about others, because it would not see them. */
    private String name(String field) {
        String name = web.raw(field).strip();
        if (name.isEmpty() || name.contains("/")) {
            throw ApiProblem.unasked(web.text("version.name.wrong"), field, web.text("version.name.allowed"));
        }
        return name;
    }

    private void act(String asked, Runnable call) {
        action = asked;
        try {
            call.run();
            web.redirect(Query.NONE
                    .with("name", getName())
                    .with("version", web.id("version"))
                    .with("done", asked)
                    .link(PAGE));
        } catch (ApiProblem e) {
            actionProblem = e;
        }
    }
}
