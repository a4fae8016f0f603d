package org.controlroom.core.train;

import java.util.Map;
import java.util.Optional;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.PipelineDefinition.StepContext;

/** The one run in the registry that belongs to a run of the pipeline, from its first step to its end. */
final class RegistryRun {

    /** Tag with the id of the pipeline's run, on the registry's run and on the version it leads to. */
    static final String PIPELINE_RUN_TAG = "pipeline.run_id";

    static final String PIPELINE_TAG = "pipeline.name";

    static final String STATUS_TAG = "pipeline.status";
    static final String REASON_TAG = "pipeline.reason";

    private static final String NOTE = "registry-run.json";
    private static final int MAX_REASON = 4_000;

    private final ModelRegistry registry;
    private final TrainingRoom room;

    RegistryRun(ModelRegistry registry, TrainingRoom room) {
        this.registry = registry;
        this.room = room;
    }

    /**
     * Starts it with the parameters, or goes on with the one that an earlier attempt left.
     *
     * @return its id in the registry
     */
    String open(StepContext context, RunWork work, TrainingParameters parameters) {
        String pipelineRun = context.runId();
        Optional<String> known = find(pipelineRun, work);
        String run = known.orElseGet(() -> registry.startRun(
                TrainModelPipeline.EXPERIMENT,
                "train-model " + pipelineRun,
                // What differs between equal trainings stands here, not in the artifact, whose bytes must not differ.
                Map.of(
                        PIPELINE_RUN_TAG,
                        pipelineRun,
                        PIPELINE_TAG,
                        context.pipeline(),
                        "code_version",
                        room.codeVersion(),
                        "jvm",
                        Runtime.version().toString(),
                        "os",
                        System.getProperty("os.name", "?") + " " + System.getProperty("os.arch", "?"))));
        work.note(NOTE, Map.of("run", run));
        if (known.isPresent()) {
            RunStatus status = registry.run(run).status();
            if (status == RunStatus.FAILED || status == RunStatus.CANCELLED) {
                registry.resumeRun(run);
            }
        }
        registry.logParameters(run, parameters.forRegistry());
        return run;
    }

    /** Says how the pipeline's run ended. A run that has its model stays completed, whatever came after that. */
    void end(String pipelineRun, RunWork work, RunStatus status, String reason) {
        Optional<String> known = find(pipelineRun, work);
        if (known.isEmpty()) {
            return;
        }
        String cut = reason.substring(0, Math.min(reason.length(), MAX_REASON));
        registry.setTags(known.get(), Map.of(STATUS_TAG, status.text(), REASON_TAG, cut));
        if (registry.run(known.get()).status() == RunStatus.RUNNING) {
            registry.endRun(known.get(), status);
        }
    }

    private Optional<String> find(String pipelineRun, RunWork work) {
        Optional<String> noted = work.note(NOTE).map(note -> note.getOrDefault("run", ""));
        if (noted.isPresent()) {
            return noted;
        }
        // Killed between the registry's answer and our note: the run is there, with our tag.
        return NewestFirst.find(
                        registry::runs,
                        Map.of("experiment", TrainModelPipeline.EXPERIMENT, "tags." + PIPELINE_RUN_TAG, pipelineRun),
                        run -> pipelineRun.equals(run.tags().get(PIPELINE_RUN_TAG)))
                .map(ExperimentRun::id);
    }
}
