package org.controlroom.core.port;

import java.util.List;
import java.util.Map;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.Progress;

/**
 * The work of one pipeline, as the rules define it and the pipelines adapter runs it. Every step can be run again after
 * a failure, a cancellation or a kill, and then ends in the same state.
 */
public interface PipelineDefinition {

    /** For example {@code train-model}. */
    String name();

    /** Step names in the order they run, each unique. */
    List<String> steps();

    /**
     * Checks parameters and fills in defaults.
     *
     * @return the complete parameters, as the run keeps them
     * @throws org.controlroom.spi.ControlRoomException INVALID_INPUT or SETTINGS_INVALID naming all mistakes
     */
    Map<String, String> complete(Map<String, String> parameters);

    /**
     * Runs one step to its end.
     *
     * @throws org.controlroom.spi.ControlRoomException anything; the run fails at this step
     */
    void run(String step, StepContext context);

    /** What a pipeline also is when it has something to close, wherever its run ends. */
    interface Closing {

        /**
         * Called whenever a run of this pipeline ends, also one that is restarted later, and at the next start for a run
         * that was cut off. No step of the run is under way. A failure is logged and changes nothing of the run's end.
         *
         * @param status COMPLETED, FAILED or CANCELLED
         * @param reason why it failed or was cancelled; empty when it completed
         */
        void ended(String runId, RunStatus status, String reason);
    }

    /** A run as its step sees it. */
    interface StepContext {
        String runId();

        /** Name of the run's pipeline: of one that has others for its parts its own. */
        String pipeline();

        /** Complete parameters of the run. */
        Map<String, String> parameters();

        Progress progress();

        void log(String text);

        /** The run's outcome so far, also of steps that ran before a restart. */
        Map<String, String> outcome();

        /** Adds or replaces entries of the run's outcome. */
        void putOutcome(Map<String, String> outcome);
    }
}
