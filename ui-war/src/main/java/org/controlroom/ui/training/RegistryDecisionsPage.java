package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.PromotionDecision;
import org.controlroom.ui.client.RegistryClient;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** Every decision of the promotion policy: {@code ?outcome=}, {@code ?version=}. */
@Named("registryDecisions")
@RequestScoped
public class RegistryDecisionsPage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    RegistryClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private @Nullable Listed<PromotionDecision> decisions;
    private @Nullable ApiProblem problem;

    public void open() {
        Query query = web.query();
        try {
            decisions = client.decisions(
                    RegistryPage.CLASSIFIER, query.get("version"), query.get("outcome"), query.get("cursor"));
        } catch (ApiProblem e) {
            // Before the first version there is no model, and nothing was decided.
            problem = e.status() == 404 ? null : e;
        }
    }

    public List<String> getOutcomes() {
        return List.of("promoted", "refused", "held");
    }

    public String getOutcome() {
        return web.raw("outcome");
    }

    public List<PromotionDecision> getDecisions() {
        return decisions == null ? List.of() : decisions.items();
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    /** Cursor of the next page; null on the last. */
    public @Nullable String getNext() {
        return decisions == null ? null : decisions.next();
    }
}
