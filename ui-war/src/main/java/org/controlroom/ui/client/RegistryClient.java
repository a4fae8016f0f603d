package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the API for registered models and tells it what was decided. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class RegistryClient {

    /** Loading a large model and trying it takes longer than an ordinary answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int A_PAGE = 25;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    public RegisteredModel model(String name) {
        return ask(api -> RegisteredModel.of(api.model(name)));
    }

    public Listed<ModelVersion> versions(String name, @Nullable String stage, @Nullable String cursor) {
        return ask(api -> Listed.of(api.versions(name, stage, cursor, A_PAGE), ModelVersion::of));
    }

    /** @param version number or alias */
    public ModelVersion version(String name, String version) {
        return ask(api -> ModelVersion.of(api.version(name, version)));
    }

    public Listed<Deployment> deployments(String name, @Nullable String version, @Nullable String cursor) {
        return ask(api -> Listed.of(api.deployments(name, version, cursor, A_PAGE), Deployment::of));
    }

    /** @param decision {@code promote}, {@code stage} or {@code archive} */
    public ModelVersion decide(String name, String version, String decision, String reason) {
        return patiently(api -> ModelVersion.of(api.decide(name, version, decision, body("reason", reason))));
    }

    public ModelVersion measure(String name, String version) {
        return patiently(api -> ModelVersion.of(
                api.decide(name, version, "measure", Json.createObjectBuilder().build())));
    }

    public Listed<NodeDeployment> onNodes(String name) {
        return ask(api -> Listed.of(api.onNodes(name, null, A_PAGE), NodeDeployment::of));
    }

    public Listed<PromotionDecision> decisions(
            String name, @Nullable String version, @Nullable String outcome, @Nullable String cursor) {
        return ask(api -> Listed.of(api.decisions(name, version, outcome, cursor, A_PAGE), PromotionDecision::of));
    }

    public PromotionDecision decision(String name, String id) {
        return ask(api -> PromotionDecision.of(api.decision(name, id)));
    }

    /** What the policy would do with the version. */
    public PromotionDecision dryRun(String name, String version) {
        return patiently(api -> PromotionDecision.of(api.dryRun(name, version)));
    }

    /** Lets the policy decide about the version. */
    public PromotionDecision decideByPolicy(String name, String version, String reason) {
        return patiently(api -> PromotionDecision.of(api.decide(name, version, "decision", body("reason", reason))));
    }

    public Comparison compare(String name, String version, String other) {
        return patiently(api -> Comparison.of(api.compare(name, version, other)));
    }

    public Listed<ComparedRow> comparedRows(
            String name,
            String version,
            String other,
            @Nullable String change,
            @Nullable String trueLabel,
            @Nullable String cursor) {
        return patiently(api ->
                Listed.of(api.comparedRows(name, version, other, change, trueLabel, cursor, A_PAGE), ComparedRow::of));
    }

    /** The version that a roll-back would put back; 409 when there is none. */
    public ModelVersion rollBackTarget(String name) {
        return ask(api -> ModelVersion.of(api.rollBackTarget(name)));
    }

    public ModelVersion rollBack(String name, String reason) {
        return patiently(api -> ModelVersion.of(api.rollBack(name, body("reason", reason))));
    }

    public RegisteredModel setAlias(String name, String alias, String version) {
        return ask(api -> RegisteredModel.of(api.setAlias(name, alias, body("version", version))));
    }

    public RegisteredModel removeAlias(String name, String alias) {
        return ask(api -> RegisteredModel.of(api.removeAlias(name, alias)));
    }

    public ModelVersion setTag(String name, String version, String tag, String value) {
        return ask(api -> ModelVersion.of(api.setTag(name, version, tag, body("value", value))));
    }

    public ModelVersion removeTag(String name, String version, String tag) {
        return ask(api -> ModelVersion.of(api.removeTag(name, version, tag)));
    }

    private static JsonObject body(String key, String value) {
        return Json.createObjectBuilder().add(key, value).build();
    }

    private <T> T ask(Function<TrainingApi, T> question) {
        return connection.ask(TrainingApi.class, question);
    }

    private <T> T patiently(Function<TrainingApi, T> question) {
        return connection.ask(TrainingApi.class, PATIENCE, question);
    }
}
