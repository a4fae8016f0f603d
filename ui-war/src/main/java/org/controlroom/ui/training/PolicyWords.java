package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PromotionDecision;
import org.controlroom.ui.client.PromotionDecision.Check;
import org.controlroom.ui.client.PromotionDecision.Label;
import org.controlroom.ui.client.PromotionDecision.Metric;
import org.controlroom.ui.client.RegistryClient;
import org.controlroom.ui.frame.ReasonTexts;
import org.jspecify.annotations.Nullable;

/**
 * What the promotion policy says, in the reader's language: its sentences follow from the rules and the figures of a
 * decision. In English they are the API's own.
 */
@Named("policyWords")
@RequestScoped
public class PolicyWords {

    private static final int NAMED_CLASSES = 5;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    RegistryClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Shown shown;

    private @Nullable List<PromotionDecision> decisions;

    /** Why a version was promoted or not: what spoke against it, or when nothing did, what spoke for it. */
    public String reason(PromotionDecision decision) {
        if (!ReasonTexts.isThereFor(web.locale()) || decision.checks().isEmpty()) {
            return decision.reason();
        }
        boolean refused = decision.outcome().equals("refused");
        List<String> said = new ArrayList<>();
        decision.checks().stream()
                .filter(check -> !refused || !check.passed())
                .map(check -> check(decision, check))
                .forEach(said::add);
        if (decision.seenByOther() > 0) {
            text("policy.seen", String.valueOf(decision.seenByOther())).ifPresent(said::add);
        }
        String all = String.join(" ; ", said);
        return all.isEmpty() ? decision.reason() : all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
    }

    /** What one rule says. */
    public String check(PromotionDecision decision, Check check) {
        return switch (check.rule()) {
            case "baseline" -> words(decision, check, figure(candidate(decision, "f1_weighted")));
            case "threshold" ->
                words(
                        decision,
                        check,
                        shown.name(decision.rules().metric()),
                        figure(candidate(decision, decision.rules().metric())),
                        figure(decision.rules().threshold()));
            case "margin" ->
                words(
                        decision,
                        check,
                        shown.name(decision.rules().metric()),
                        figure(candidate(decision, decision.rules().metric())),
                        decision.liveVersion(),
                        figure(live(decision, decision.rules().metric())),
                        figure(decision.rules().margin()));
            case "classes" -> words(decision, check, decision.liveVersion(), fallen(decision));
            default -> check.text();
        };
    }

    /**
     * A reason that the registry, the history or a run keeps: in the reader's language when it is one of the policy's, as
     * it stands there when somebody wrote it.
     */
    public String said(@Nullable String kept) {
        return kept == null || kept.isEmpty()
                ? ""
                : decision(kept).map(this::reason).orElse(kept);
    }

    /** The language of {@link #said}; empty when it is that of whoever wrote it. */
    public String language(@Nullable String kept) {
        return kept == null || decision(kept).isEmpty() ? "" : web.locale().getLanguage();
    }

    private Optional<PromotionDecision> decision(String kept) {
        List<PromotionDecision> known = decisions;
        if (known == null) {
            known = ask();
            decisions = known;
        }
        return known.stream().filter(one -> one.reason().equals(kept)).findFirst();
    }

    private List<PromotionDecision> ask() {
        if (!ReasonTexts.isThereFor(web.locale())) {
            return List.of();
        }
        try {
            return client.decisions(RegistryPage.CLASSIFIER, null, null, null).items();
        } catch (ApiProblem e) {
            return List.of(); // English is better than no reason
        }
    }

    private String words(PromotionDecision decision, Check check, String... values) {
        boolean unnamed = check.rule().equals("classes")
                && !check.passed()
                && fallen(decision).isEmpty();
        String key = "policy." + check.rule() + (check.passed() ? ".met" : unnamed ? ".unnamed" : ".failed");
        return text(key, values).orElse(check.text());
    }

    private String fallen(PromotionDecision decision) {
        List<Label> fell = decision.classes().stream().filter(Label::fell).toList();
        String named = fell.stream()
                .limit(NAMED_CLASSES)
                .map(one -> text(
                                "policy.class",
                                String.valueOf(one.label()),
                                figure(one.live()),
                                figure(one.candidate()),
                                String.valueOf(one.support()),
                                figure(one.allowedDrop()))
                        .orElse(""))
                .collect(Collectors.joining(", "));
        return fell.size() <= NAMED_CLASSES
                ? named
                : named
                        + text("policy.more", String.valueOf(fell.size() - NAMED_CLASSES))
                                .orElse("");
    }

    private Optional<String> text(String key, String... values) {
        return ReasonTexts.text(new ApiProblem.Reason(key, List.of(values)), web.locale());
    }

    private String figure(@Nullable Double value) {
        return shown.figure(value);
    }

    private static @Nullable Double candidate(PromotionDecision decision, String metric) {
        return metric(decision, metric).map(Metric::candidate).orElse(null);
    }

    private static @Nullable Double live(PromotionDecision decision, String metric) {
        return metric(decision, metric).map(Metric::live).orElse(null);
    }

    private static Optional<Metric> metric(PromotionDecision decision, String name) {
        return decision.metrics().stream()
                .filter(one -> one.metric().equals(name))
                .findFirst();
    }
}
