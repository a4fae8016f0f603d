package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ClassDistribution;
import org.controlroom.ui.client.ConfusionMatrix;
import org.controlroom.ui.client.Evaluation;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.client.RegistryRun;
import org.controlroom.ui.client.RiskCurve;
import org.controlroom.ui.client.RunPage;
import org.controlroom.ui.client.TrainingClient;
import org.controlroom.ui.frame.ChartData;
import org.controlroom.ui.frame.PageStatus;
import org.jspecify.annotations.Nullable;

/** One run in the registry: what it was given, what came out, and its files. */
@Named("trainingRun")
@RequestScoped
public class TrainingRunPage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    TrainingClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private @Nullable RegistryRun run;
    private @Nullable RunPage page;
    private @Nullable PipelineRun pipelineRun;
    private @Nullable Evaluation evaluation;
    private @Nullable HeatMap heatMap;
    private @Nullable ClassDistribution distribution;
    private @Nullable RiskCurve risk;
    private List<String> artifacts = List.of();
    private @Nullable ApiProblem problem;

    public void open() {
        String id = web.id("id");
        try {
            RegistryRun found = client.run(id);
            run = found;
            page = client.runPage(id);
            artifacts = client.artifacts(id);
            if (artifacts.contains("evaluation.json")) {
                evaluation = client.evaluation(id);
            }
            if (artifacts.contains("confusion_matrix.json")) {
                ConfusionMatrix matrix = client.confusion(id);
                heatMap = HeatMap.of(matrix, artifacts.contains("misclassified.json") ? id : null);
            }
            // a run from before these files has neither
            if (artifacts.contains("class_distribution.json")) {
                distribution = client.classDistribution(id);
            }
            if (artifacts.contains("risk_coverage.json")) {
                risk = client.riskCurve(id);
            }
            pipelineRun = pipelineRun(
                    found.tags().getOrDefault("pipeline.name", TrainingClient.TRAIN),
                    found.tags().get("pipeline.run_id"));
        } catch (ApiProblem e) {
            problem = e;
            PageStatus.of(e);
        }
    }

    /** The registry may be older than this server's history, so that the pipeline's run is not known here. */
    private @Nullable PipelineRun pipelineRun(String pipeline, @Nullable String id) {
        if (id == null) {
            return null;
        }
        try {
            return client.pipelineRun(pipeline, id);
        } catch (ApiProblem e) {
            if (e.status() == 404) {
                return null;
            }
            throw e;
        }
    }

    public @Nullable RegistryRun getRun() {
        return run;
    }

    /** Where the registry itself shows the run. */
    public @Nullable RunPage getPage() {
        return page;
    }

    public @Nullable PipelineRun getPipelineRun() {
        return pipelineRun;
    }

    /** Page of the pipeline's run; empty when that is not known here. */
    public String getPipelineRunLink() {
        return pipelineRun == null ? "" : TrainingPipelinePage.link(pipelineRun.pipeline(), pipelineRun.id());
    }

    /** Number of the version that this run led to; empty when there is none or it is not known. */
    public String getVersion() {
        return pipelineRun == null ? "" : pipelineRun.outcome().getOrDefault("model_version", "");
    }

    public @Nullable Evaluation getEvaluation() {
        return evaluation;
    }

    public @Nullable HeatMap getHeatMap() {
        return heatMap;
    }

    public List<String> getArtifacts() {
        return artifacts;
    }

    public @Nullable ClassDistribution getDistribution() {
        return distribution;
    }

    /** Width of a bar of the class distribution; the longest of all bars is the whole. */
    public String width(long rows) {
        ClassDistribution known = distribution;
        long most = known == null
                ? 0
                : known.classes().stream()
                        .mapToLong(ClassDistribution.OfClass::most)
                        .max()
                        .orElse(0);
        return most == 0 ? "0%" : Shown.widthOf((double) rows / most);
    }

    /** Whether the rows that were not held out are those that the model has learnt from, as far as is known here. */
    public boolean isLearnt() {
        return run != null && !run.tags().containsKey("imported_from");
    }

    /** The risk-coverage curve; null when the run has none. */
    public @Nullable ChartData getRisk() {
        RiskCurve known = risk;
        if (known == null) {
            return null;
        }
        Evaluation measured = evaluation;
        return RiskChart.of(known, measured == null ? List.of() : measured.coverage(), web::text);
    }

    /** Area under the risk-coverage curve. */
    public double getRiskArea() {
        return risk == null ? 0 : risk.area();
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    /** All other metrics without those of single classes. */
    public List<Map.Entry<String, Double>> getOtherMetrics() {
        if (run == null) {
            return List.of();
        }
        TreeMap<String, Double> others = new TreeMap<>(run.metrics());
        others.keySet().removeIf(key -> RegistryRun.SUMMARY.contains(key) || key.startsWith("f1_class_"));
        return List.copyOf(others.entrySet());
    }

    public List<Map.Entry<String, String>> getParameters() {
        return run == null ? List.of() : List.copyOf(new TreeMap<>(run.parameters()).entrySet());
    }

    public List<Map.Entry<String, String>> getTags() {
        return run == null ? List.of() : List.copyOf(new TreeMap<>(run.tags()).entrySet());
    }
}
