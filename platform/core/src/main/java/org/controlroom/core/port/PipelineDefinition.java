package org.controlroom.core.port;

import java.util.List;
import java.util.Map;
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

    /** A run as its step sees it. */
    interface StepContext {
        String runId();

        /** Complete parameters of the run. */
        Map<String, String> parameters();

        Progress progress();

        void log(String text);

        /** Adds or replaces entries of the run's outcome. */
        void putOutcome(Map<String, String> outcome);
    }
}
