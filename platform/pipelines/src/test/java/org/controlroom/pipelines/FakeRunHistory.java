package org.controlroom.pipelines;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.model.LogLine;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.RunHistory;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** A run history in memory. */
public final class FakeRunHistory implements RunHistory {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final Map<String, PipelineRun> runs = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<LogLine> lines = new ArrayList<>();

    /** Whether statuses are refused, as on a full disk. */
    public volatile boolean full;

    /** Whether states of steps are refused. */
    public volatile boolean stepsRefused;

    @Override
    public synchronized Optional<PipelineRun> create(
            String pipeline, List<String> steps, Map<String, String> parameters, RunOrigin origin, String owner) {
        if (ofOrigin(origin).isPresent()) {
            return Optional.empty();
        }
        for (PipelineRun run : runs.values()) {
            if (run.pipeline().equals(pipeline) && !run.status().ended()) {
                throw new ControlRoomException(ErrorCode.CONFLICT, "run " + run.id() + " has not ended");
            }
        }
        String id = "run_" + (runs.size() + 1);
        List<PipelineRun.Step> open = steps.stream()
                .map(step -> new PipelineRun.Step(step, RunStatus.QUEUED, 0, "", 0, -1, null, null))
                .toList();
        PipelineRun run = new PipelineRun(
                id,
                pipeline,
                RunStatus.QUEUED,
                new TreeMap<>(parameters),
                open,
                origin.text(),
                owner,
                NOW,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>());
        runs.put(id, run);
        if (origin.key() != null) {
            keys.put(origin.key(), id);
        }
        return Optional.of(run);
    }

    @Override
    public synchronized Optional<PipelineRun> ofOrigin(RunOrigin origin) {
        return Optional.ofNullable(keys.get(String.valueOf(origin.key()))).map(runs::get);
    }

    @Override
    public synchronized PipelineRun run(String id) {
        PipelineRun run = runs.get(id);
        if (run == null) {
            throw new ControlRoomException(ErrorCode.NOT_FOUND, "run " + id);
        }
        return run;
    }

    @Override
    public synchronized Page<PipelineRun> runs(PageRequest request) {
        return new Page<>(
                runs.values().stream()
                        .filter(run ->
                                run.pipeline().equals(request.filters().getOrDefault("pipeline", run.pipeline())))
                        .filter(run -> run.status()
                                .text()
                                .equals(request.filters()
                                        .getOrDefault("status", run.status().text())))
                        .limit(request.limit())
                        .toList(),
                null);
    }

    @Override
    public synchronized void setStatus(String id, RunStatus status, ControlRoomException failure) {
        if (full) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "no space left");
        }
        PipelineRun r = run(id);
        runs.put(
                id,
                new PipelineRun(
                        r.id(),
                        r.pipeline(),
                        status,
                        r.parameters(),
                        r.steps(),
                        r.origin(),
                        r.owner(),
                        r.createdAt(),
                        r.startedAt(),
                        r.endedAt(),
                        failure == null ? null : failure.getMessage(),
                        failure == null ? null : failure.code().name(),
                        failure == null ? null : failure.reason(),
                        r.outcome()));
    }

    @Override
    public synchronized void setStepStatus(String id, String step, RunStatus status) {
        if (stepsRefused) {
            throw new ControlRoomException(ErrorCode.DATABASE_UNAVAILABLE, "the database did not answer");
        }
        change(
                id,
                step,
                s -> new PipelineRun.Step(
                        step,
                        status,
                        s.attempts() + (status == RunStatus.RUNNING ? 1 : 0),
                        s.what(),
                        s.done(),
                        s.total(),
                        null,
                        null));
    }

    @Override
    public synchronized void setStepProgress(String id, String step, String what, long done, long total) {
        change(id, step, s -> new PipelineRun.Step(step, s.status(), s.attempts(), what, done, total, null, null));
    }

    private void change(String id, String step, java.util.function.UnaryOperator<PipelineRun.Step> change) {
        PipelineRun r = run(id);
        List<PipelineRun.Step> steps = r.steps().stream()
                .map(s -> s.name().equals(step) ? change.apply(s) : s)
                .toList();
        runs.put(
                id,
                new PipelineRun(
                        r.id(),
                        r.pipeline(),
                        r.status(),
                        r.parameters(),
                        steps,
                        r.origin(),
                        r.owner(),
                        r.createdAt(),
                        r.startedAt(),
                        r.endedAt(),
                        r.error(),
                        r.errorCode(),
                        r.errorReason(),
                        r.outcome()));
    }

    @Override
    public synchronized void putOutcome(String id, Map<String, String> outcome) {
        PipelineRun r = run(id);
        TreeMap<String, String> all = new TreeMap<>(r.outcome());
        all.putAll(outcome);
        runs.put(
                id,
                new PipelineRun(
                        r.id(),
                        r.pipeline(),
                        r.status(),
                        r.parameters(),
                        r.steps(),
                        r.origin(),
                        r.owner(),
                        r.createdAt(),
                        r.startedAt(),
                        r.endedAt(),
                        r.error(),
                        r.errorCode(),
                        r.errorReason(),
                        all));
    }

    @Override
    public synchronized void log(String id, String level, String text) {
        lines.add(new LogLine(lines.size() + 1, NOW, level, text));
    }

    @Override
    public synchronized List<LogLine> logLines(String id, long after, int limit) {
        return lines.stream().filter(line -> line.number() > after).limit(limit).toList();
    }

    @Override
    public synchronized List<LogLine> lastLogLines(String id, int limit) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - limit), lines.size()));
    }

    /** What the owners of runs do at the start of a node. */
    public synchronized List<String> failInterrupted() {
        List<String> open = runs.values().stream()
                .filter(run -> !run.status().ended())
                .map(PipelineRun::id)
                .toList();
        open.forEach(id -> setStatus(id, RunStatus.FAILED, new ControlRoomException(ErrorCode.INTERNAL, "cut off")));
        return open;
    }
}
