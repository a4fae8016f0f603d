package org.controlroom.core.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.controlroom.core.model.LogLine;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ControlRoomException;
import org.jspecify.annotations.Nullable;

/** What pipelines did, step by step. Kept over restarts. Thread-safe. */
public interface RunHistory {

    /**
     * Adds a run in state QUEUED.
     *
     * @throws org.controlroom.spi.ControlRoomException CONFLICT when a run of the same pipeline has not ended; the
     *     message names it
     */
    default PipelineRun create(String pipeline, List<String> steps, Map<String, String> parameters) {
        return create(pipeline, steps, parameters, RunOrigin.API, "").orElseThrow();
    }

    /**
     * The same, unless there is a run of the origin's key.
     *
     * @param owner node that runs it
     * @return the new run; empty when there is a run of this key
     */
    Optional<PipelineRun> create(
            String pipeline, List<String> steps, Map<String, String> parameters, RunOrigin origin, String owner);

    /**
     * The run of a key.
     *
     * @throws org.controlroom.spi.ControlRoomException CONFLICT when it was asked for with another fingerprint
     */
    Optional<PipelineRun> ofOrigin(RunOrigin origin);

    PipelineRun run(String id);

    /** Newest first. Filters: {@code pipeline}, {@code status}. */
    Page<PipelineRun> runs(PageRequest request);

    /** Sets the state of the run; RUNNING sets the start, an ended state the end; the failure is null unless FAILED. */
    void setStatus(String id, RunStatus status, @Nullable ControlRoomException failure);

    /** Sets the state of a step; RUNNING counts an attempt and sets the start, an ended state the end. */
    void setStepStatus(String id, String step, RunStatus status);

    /** Last known position of a step; may be written behind and thinned out. */
    void setStepProgress(String id, String step, String what, long done, long total);

    /** Adds or replaces entries of the run's outcome. */
    void putOutcome(String id, Map<String, String> outcome);

    void log(String id, String level, String text);

    /** Lines with a number above {@code after}, at most {@code limit}, in order. */
    List<LogLine> logLines(String id, long after, int limit);

    /** The last lines, at most {@code limit}, in order. */
    List<LogLine> lastLogLines(String id, int limit);
}
