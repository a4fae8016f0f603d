package org.controlroom.core.port;

import java.util.List;
import java.util.Map;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;

/**
 * Starts, stops and restarts pipelines. Thread-safe; returns at once, the run goes on in its own threads. A node without
 * the role {@link org.controlroom.core.model.NodeRole#PIPELINES} answers all three with CONFLICT.
 */
public interface Pipelines {

    /** Name and steps of every pipeline. */
    List<Description> pipelines();

    /**
     * Checks all parameters at once and starts a run.
     *
     * @throws org.controlroom.spi.ControlRoomException NOT_FOUND for an unknown pipeline, SETTINGS_INVALID or
     *     INVALID_INPUT for parameters, CONFLICT when a run of this pipeline has not ended
     */
    default PipelineRun start(String pipeline, Map<String, String> parameters) {
        return start(pipeline, parameters, RunOrigin.API);
    }

    /**
     * The same for a request that may come again: when there is a run of the origin's key, that is answered.
     *
     * @throws org.controlroom.spi.ControlRoomException as above; CONFLICT also when something else was asked for under
     *     this key
     */
    PipelineRun start(String pipeline, Map<String, String> parameters, RunOrigin origin);

    /** Asks the run to stop; it ends as CANCELLED soon. No error when it has ended already. */
    void cancel(String runId);

    /**
     * Runs a FAILED or CANCELLED run again from the step that did not complete.
     *
     * @throws org.controlroom.spi.ControlRoomException NOT_FOUND, CONFLICT when it is running or completed
     */
    PipelineRun restart(String runId);

    /**
     * One pipeline.
     *
     * @param name as in the address
     * @param steps in the order they run
     */
    record Description(String name, List<String> steps) {
        public Description {
            steps = List.copyOf(steps);
        }
    }
}
