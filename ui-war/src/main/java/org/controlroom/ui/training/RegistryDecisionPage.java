package org.controlroom.ui.training;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PromotionDecision;
import org.controlroom.ui.client.RegistryClient;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/**
 * One decision of the promotion policy with all figures: {@code ?id=} for one that was made, {@code ?version=} for a dry
 * run, from which the policy can be told to decide.
 */
@Named("registryDecision")
@RequestScoped
public class RegistryDecisionPage {

    static final String PAGE = "registry-decision";

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    RegistryClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private @Nullable PromotionDecision decision;
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    @PostConstruct
    public void open() {
        if (decision != null || problem != null || web.has("reason")) {
            return; // a dry run takes seconds, and a decision measures for itself
        }
        try {
            decision = isDryRun()
                    ? client.dryRun(RegistryPage.CLASSIFIER, web.id("version"))
                    : client.decision(RegistryPage.CLASSIFIER, web.id("id"));
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    public boolean isDryRun() {
        return web.has("version");
    }

    public String getVersion() {
        return web.id("version");
    }

    public String getReason() {
        return web.raw("reason");
    }

    public @Nullable PromotionDecision getDecision() {
        return decision;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public String getDone() {
        return web.raw("done");
    }

    public void decide() {
        try {
            PromotionDecision made =
                    client.decideByPolicy(RegistryPage.CLASSIFIER, web.id("version"), web.raw("reason"));
            web.redirect(Query.NONE
                    .with("id", String.valueOf(made.id()))
                    .with("done", made.outcome())
                    .link(PAGE));
        } catch (ApiProblem e) {
            actionProblem = e;
        }
    }
}
