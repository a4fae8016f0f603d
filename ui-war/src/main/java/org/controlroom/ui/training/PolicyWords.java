package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** What the server writes into the history and the tags of a version; people's own words may follow. */
    private static final Map<String, Pattern> OF_SERVER = Map.of(
            "policy.back",
            Pattern.compile("rolled back from version (\\d+): (.*)", Pattern.DOTALL),
            "policy.moved",
            Pattern.compile("alias '(\\w+)' was moved in the registry at (.*)"),
            "policy.taken",
            Pattern.compile("the registry at (.*) has come into use and has it in production"));

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

    /** Why a version was promoted or not, as one sentence. */
    public String reason(PromotionDecision decision) {
        if (!ReasonTexts.isThereFor(web.locale()) || decision.checks().isEmpty()) {
            return decision.reason();
        }
        String all = String.join(" ; ", points(decision));
        return all.isEmpty() ? decision.reason() : capital(all);
    }

    /** The points of {@link #reason}: what spoke against the version, or when nothing did, what spoke for it. */
    public List<String> points(PromotionDecision decision) {
        boolean refused = decision.outcome().equals("refused");
        List<Check> spoke = decision.checks().stream()
                .filter(check -> !refused || !check.passed())
                .toList();
        if (spoke.isEmpty()) {
            return List.of(decision.reason());
        }
        List<String> said = new ArrayList<>();
        spoke.forEach(check -> said.add(check(decision, check)));
        said.addAll(remarks(decision, spoke));
        return said;
    }

    /** What is to be known of the rows: in English what the API says after its rules. */
    private List<String> remarks(PromotionDecision decision, List<Check> spoke) {
        if (!ReasonTexts.isThereFor(web.locale())) {
            String rules = spoke.stream().map(Check::text).collect(Collectors.joining("; ")) + "; ";
            return decision.reason().startsWith(rules)
                    ? List.of(decision.reason().substring(rules.length()).split("; "))
                    : List.of();
        }
        List<String> remarks = new ArrayList<>();
        if (!decision.sameDataset()) {
            text("policy.changed").ifPresent(remarks::add);
        }
        if (decision.seenByOther() > 0) {
            text("policy.seen", String.valueOf(decision.seenByOther())).ifPresent(remarks::add);
        }
        return remarks;
    }

    /** The same of a reason that is kept somewhere: its points when it is one of the policy's, else itself. */
    public List<String> pointsOf(@Nullable String kept) {
        if (kept == null || kept.isEmpty()) {
            return List.of();
        }
        return ReasonTexts.isThereFor(web.locale())
                ? decision(kept).map(this::list).orElseGet(() -> List.of(ofServer(kept)))
                : decision(kept).map(this::list).orElse(List.of(kept));
    }

    /** The points of a decision as a list of sentences. */
    public List<String> list(PromotionDecision decision) {
        return points(decision).stream().map(PolicyWords::capital).toList();
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
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
        if (kept == null || kept.isEmpty()) {
            return "";
        }
        return ReasonTexts.isThereFor(web.locale())
                ? decision(kept).map(this::reason).orElseGet(() -> ofServer(kept))
                : kept;
    }

    /** A reason in which the server itself says something, in the reader's language; another as it stands there. */
    private String ofServer(String kept) {
        for (Map.Entry<String, Pattern> sentence : OF_SERVER.entrySet()) {
            Matcher matcher = sentence.getValue().matcher(kept);
            if (matcher.matches()) {
                String[] values = new String[matcher.groupCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = matcher.group(i + 1);
                }
                return text(sentence.getKey(), values).orElse(kept);
            }
        }
        return kept;
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
        try {
            return client.decisions(RegistryPage.CLASSIFIER, null, null, null).items();
        } catch (ApiProblem e) {
            return List.of(); // the reason as it was kept is better than none
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
