package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ConfusionMatrix;
import org.controlroom.ui.client.Evaluation;
import org.controlroom.ui.client.PipelineRun;
import org.controlroom.ui.client.RegistryRun;
import org.controlroom.ui.client.RunPage;
import org.controlroom.ui.client.TrainingClient;
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

    /** Those artifacts that a browser can show. */
    public List<String> getPictures() {
        return artifacts.stream().filter(path -> path.endsWith(".png")).toList();
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
