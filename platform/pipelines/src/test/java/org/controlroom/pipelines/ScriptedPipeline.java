package org.controlroom.pipelines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** A pipeline of three steps that do what a test says, and that remembers which ran. */
public final class ScriptedPipeline implements PipelineDefinition, PipelineDefinition.Closing {

    /** Names of the steps that were begun, in order. */
    public final List<String> ran = new ArrayList<>();

    /** How its runs ended, in order. */
    public final List<String> closed = new ArrayList<>();

    /** Lets every end of a run fail. */
    public boolean failsToClose;

    private final Map<String, Consumer<StepContext>> scripts = new HashMap<>();

    public void on(String step, Consumer<StepContext> script) {
        scripts.put(step, script);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public List<String> steps() {
        return List.of("first", "second", "third");
    }

    @Override
    public Map<String, String> complete(Map<String, String> parameters) {
        if (parameters.containsKey("bad")) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, "bad: unknown");
        }
        Map<String, String> complete = new HashMap<>(parameters);
        complete.putIfAbsent("seed", "42");
        return complete;
    }

    @Override
    public void run(String step, StepContext context) {
        ran.add(step);
        scripts.getOrDefault(step, ignored -> {}).accept(context);
    }

    @Override
    public void ended(String runId, RunStatus status, String reason) {
        closed.add((runId + " " + status.text() + " " + reason).strip());
        if (failsToClose) {
            throw new ControlRoomException(ErrorCode.REGISTRY_UNAVAILABLE, "no registry");
        }
    }
}
