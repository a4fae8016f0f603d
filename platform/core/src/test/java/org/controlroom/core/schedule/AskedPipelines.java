package org.controlroom.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.port.Pipelines;
import org.controlroom.spi.ControlRoomException;

/** Pipelines that do nothing but remember what they were asked for. */
final class AskedPipelines implements Pipelines {

    /** As {@code cancel RUN} and {@code restart RUN}. */
    final List<String> asked = new ArrayList<>();

    /** What a restart is refused with; null when it is not. */
    ControlRoomException refusal;

    @Override
    public List<Description> pipelines() {
        return List.of();
    }

    @Override
    public PipelineRun start(String pipeline, Map<String, String> parameters, RunOrigin origin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cancel(String runId) {
        asked.add("cancel " + runId);
    }

    @Override
    public PipelineRun restart(String runId) {
        if (refusal != null) {
            throw refusal;
        }
        asked.add("restart " + runId);
        return null;
    }
}
