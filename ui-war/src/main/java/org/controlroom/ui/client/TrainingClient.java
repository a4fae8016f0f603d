package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the API for runs and what trainings are started with. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class TrainingClient {

    /** Pipeline that trains. */
    public static final String TRAIN = "train-model";

    private static final int RUNS_A_PAGE = 25;
    private static final int ALL = 500;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    /** What a list of runs is narrowed to; null for no limit. */
    public record RunFilter(
            @Nullable String experiment,
            @Nullable String status,
            @Nullable String name,
            @Nullable String preset,
            @Nullable String minF1) {}

    public List<String> experiments() {
        return ask(api -> JsonFields.objects(api.experiments(), "items", item -> JsonFields.text(item, "name")));
    }

    public Listed<RegistryRun> runs(RunFilter filter, @Nullable String sort, @Nullable String cursor) {
        return ask(api -> Listed.of(
                api.runs(
                        filter.experiment,
                        filter.status,
                        filter.name,
                        filter.preset,
                        filter.minF1,
                        sort,
                        cursor,
                        RUNS_A_PAGE),
                RegistryRun::of));
    }

    public RegistryRun run(String id) {
        return ask(api -> RegistryRun.of(api.run(id)));
    }

    /** Which registry keeps the run, and where it shows it. */
    public RunPage runPage(String id) {
        return ask(api -> RunPage.of(api.runPage(id)));
    }

    public List<String> artifacts(String id) {
        return ask(api -> JsonFields.objects(api.artifacts(id, ALL), "items", item -> JsonFields.text(item, "path")));
    }

    public Evaluation evaluation(String run) {
        return ask(api -> Evaluation.of(file(api.artifact(run, "evaluation.json"))));
    }

    public ConfusionMatrix confusion(String run) {
        return ask(api -> ConfusionMatrix.of(file(api.artifact(run, "confusion_matrix.json"))));
    }

    public ClassDistribution classDistribution(String run) {
        return ask(api -> ClassDistribution.of(file(api.artifact(run, "class_distribution.json"))));
    }

    public RiskCurve riskCurve(String run) {
        return ask(api -> RiskCurve.of(file(api.artifact(run, "risk_coverage.json"))));
    }

    public Listed<Mistake> mistakes(
            String run, @Nullable String trueLabel, @Nullable String predictedLabel, @Nullable String cursor) {
        return ask(
                api -> Listed.of(api.misclassified(run, trueLabel, predictedLabel, cursor, RUNS_A_PAGE), Mistake::of));
    }

    public Listed<PipelineRun> pipelineRuns(String pipeline, @Nullable String cursor, int limit) {
        return ask(api -> Listed.of(api.pipelineRuns(pipeline, null, cursor, limit), PipelineRun::of));
    }

    public PipelineRun pipelineRun(String pipeline, String id) {
        return ask(api -> PipelineRun.of(api.pipelineRun(pipeline, id)));
    }

    /** A run whatever its pipeline is: ids of runs are unique over all pipelines. */
    public PipelineRun pipelineRun(String id) {
        return ofAnyPipeline(
                pipeline -> pipelineRun(pipeline, id),
                () -> connection.ask(
                        PipelinesApi.class,
                        api -> JsonFields.objects(api.pipelines(), "items", item -> JsonFields.text(item, "name"))));
    }

    /** Most are trainings; where the API knows the run but not under this pipeline, each other one is asked. */
    static PipelineRun ofAnyPipeline(Function<String, PipelineRun> run, Supplier<List<String>> pipelines) {
        try {
            return run.apply(TRAIN);
        } catch (ApiProblem e) {
            if (!isOfAnother(e)) {
                throw e;
            }
            for (String pipeline : pipelines.get()) {
                try {
                    if (!pipeline.equals(TRAIN)) {
                        return run.apply(pipeline);
                    }
                } catch (ApiProblem other) {
                    if (!isOfAnother(other)) {
                        throw other;
                    }
                }
            }
            throw e;
        }
    }

    private static boolean isOfAnother(ApiProblem problem) {
        ApiProblem.Reason reason = problem.reason();
        return reason != null && reason.key().equals("pipeline-run-unknown");
    }

    /** The last lines, in order. */
    public Listed<LogLine> log(String pipeline, String id, int lines) {
        return ask(api -> Listed.of(api.log(pipeline, id, lines), LogLine::of));
    }

    /** @param language of the names and help, as everywhere here */
    public StartForm form(String language) {
        return ask(api -> StartForm.of(api.form(language)));
    }

    /** All installed plugins, all versions. */
    public List<Plugin> plugins(String language) {
        return ask(api -> JsonFields.objects(api.plugins(language, ALL), "items", Plugin::of));
    }

    /** What is set for a plugin at present, by key. */
    public Map<String, String> settings(String plugin) {
        return ask(api -> JsonFields.textsByKey(api.settings(plugin), "values"));
    }

    public PipelineRun start(Map<String, String> parameters) {
        JsonObjectBuilder given = Json.createObjectBuilder();
        parameters.forEach(given::add);
        JsonObject body = Json.createObjectBuilder().add("parameters", given).build();
        return ask(api -> PipelineRun.of(api.start(TRAIN, body)));
    }

    public PipelineRun cancel(String pipeline, String id) {
        return ask(api -> PipelineRun.of(api.act(pipeline, id, "cancel", JsonValue.EMPTY_JSON_OBJECT)));
    }

    public PipelineRun again(String pipeline, String id) {
        return ask(api -> PipelineRun.of(api.act(pipeline, id, "again", JsonValue.EMPTY_JSON_OBJECT)));
    }

    public PipelineRun restart(String pipeline, String id) {
        return ask(api -> PipelineRun.of(api.act(pipeline, id, "restart", JsonValue.EMPTY_JSON_OBJECT)));
    }

    private static JsonObject file(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private <T> T ask(Function<TrainingApi, T> question) {
        return connection.ask(TrainingApi.class, question);
    }
}
