package org.controlroom.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.RunHistory;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Restarts the runs of this node that failed because the model registry did not answer, once it answers again, so that no
 * training is lost. They go on at the step that failed. Called every few seconds on each node that runs pipelines, by one
 * thread.
 */
public final class ResumeWaitingRuns {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int LOOKED_AT = 100;

    private final ModelRegistry registry;
    private final Pipelines pipelines;
    private final RunHistory history;
    private final String node;
    private final InstantSource clock;

    /** When each run may be tried next. A registry can answer a ping and still refuse the work, as with a full disk. */
    private final Map<String, Attempt> attempts = new HashMap<>();

    private record Attempt(Instant next, Duration pause) {}

    public ResumeWaitingRuns(
            ModelRegistry registry, Pipelines pipelines, RunHistory history, String node, InstantSource clock) {
        this.registry = registry;
        this.pipelines = pipelines;
        this.history = history;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Once more.
     *
     * @return what happened that somebody may want to know
     */
    public List<String> tick() {
        Instant now = clock.instant();
        List<PipelineRun> waiting = waiting(now);
        attempts.values().removeIf(attempt -> attempt.next.isBefore(now.minus(LONGEST_PAUSE.multipliedBy(6))));
        List<PipelineRun> due = waiting.stream()
                .filter(run -> !now.isBefore(attempts.getOrDefault(run.id(), new Attempt(now, FIRST_PAUSE)).next))
                .toList();
        if (due.isEmpty() || !answers()) {
            return List.of();
        }
        List<String> said = new ArrayList<>();
        for (PipelineRun run : due) {
            try {
                pipelines.restart(run.id());
                pause(run, now);
                history.log(run.id(), "INFO", "goes on by itself, because the model registry answers again");
                said.add("run " + run.id() + " goes on, because the model registry answers again");
            } catch (ControlRoomException e) {
                if (e.code() != ErrorCode.CONFLICT) {
                    pause(run, now);
                    said.add("run " + run.id() + " cannot go on: " + e.getMessage());
                }
            }
        }
        return said;
    }

    private void pause(PipelineRun run, Instant now) {
        Attempt before = attempts.get(run.id());
        Duration pause = before == null ? FIRST_PAUSE : before.pause.multipliedBy(2);
        Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        attempts.put(run.id(), new Attempt(now.plus(bounded), bounded));
    }

    /** Oldest first, as they were trained. */
    private List<PipelineRun> waiting(Instant now) {
        TreeMap<String, String> failed = new TreeMap<>(Map.of("status", RunStatus.FAILED.text()));
        List<PipelineRun> waiting = new ArrayList<>();
        for (PipelineRun run :
                history.runs(new PageRequest(failed, null, null, LOOKED_AT)).items()) {
            Instant until = run.waitsUntil();
            if (until != null && until.isAfter(now) && run.owner().equals(node)) {
                waiting.add(0, run);
            }
        }
        return waiting;
    }

    private boolean answers() {
        try {
            registry.ping();
            return true;
        } catch (ControlRoomException e) {
            return false;
        }
    }
}
