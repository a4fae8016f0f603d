package org.controlroom.core.fake;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.RunHistory;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Runs that end when the test says so, one at a time. */
public final class FakePipelines implements Pipelines {

    public final List<PipelineRun> started = new ArrayList<>();
    public final List<String> cancelled = new ArrayList<>();
    public ControlRoomException refusal;
    public Runnable beforeStart = () -> {};
    private final Map<String, PipelineRun> byKey = new HashMap<>();
    private final List<String> names;
    private String open = "";

    public FakePipelines(String... names) {
        this.names = List.of(names);
    }

    @Override
    public List<Description> pipelines() {
        return names.stream()
                .map(name -> new Description(name, List.of("step")))
                .toList();
    }

    @Override
    public PipelineRun start(String pipeline, Map<String, String> parameters, RunOrigin origin) {
        beforeStart.run();
        if (refusal != null) {
            throw refusal;
        }
        if (byKey.containsKey(String.valueOf(origin.key()))) {
            return byKey.get(origin.key());
        }
        if (!open.isEmpty()) {
            throw new ControlRoomException(ErrorCode.CONFLICT, open + " has not ended");
        }
        open = "run-" + (started.size() + 1);
        PipelineRun run = new PipelineRun(
                open,
                pipeline,
                RunStatus.RUNNING,
                new TreeMap<>(parameters),
                List.of(),
                origin.text(),
                "",
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>());
        started.add(run);
        byKey.put(String.valueOf(origin.key()), run);
        byKey.remove("null");
        return run;
    }

    public void end(String runId) {
        if (open.equals(runId)) {
            open = "";
        }
    }

    @Override
    public void cancel(String runId) {
        cancelled.add(runId);
    }

    @Override
    public PipelineRun restart(String runId) {
        throw new UnsupportedOperationException();
    }

    /** Knows the open run and nothing else. */
    public RunHistory history() {
        return (RunHistory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RunHistory.class}, (proxy, method, arguments) -> {
                    PageRequest request = (PageRequest) arguments[0];
                    boolean running = "running".equals(request.filters().get("status"));
                    return new Page<>(
                            started.stream()
                                    .filter(run -> running && run.id().equals(open))
                                    .toList(),
                            null);
                });
    }
}
