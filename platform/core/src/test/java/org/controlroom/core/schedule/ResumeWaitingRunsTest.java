package org.controlroom.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.RunHistory;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeWaitingRunsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    private Path folder;

    private final List<PipelineRun> failed = new ArrayList<>();
    private final AskedPipelines pipelines = new AskedPipelines();
    private Instant now = NOW;
    private FakeRegistry registry;
    private ResumeWaitingRuns resume;

    @BeforeEach
    void open() {
        registry = new FakeRegistry(folder);
        RunHistory history = (RunHistory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RunHistory.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("runs")) {
                        return null;
                    }
                    assertThat(((PageRequest) arguments[0]).filters()).isEqualTo(Map.of("status", "failed"));
                    return new Page<>(failed, null);
                });
        resume = new ResumeWaitingRuns(registry, pipelines, history, "here", () -> now);
    }

    @Test
    void whatTheRegistryFailedGoesOnWhenItAnswersAgainOldestFirst() {
        failed.add(run("2", "here", ErrorCode.REGISTRY_UNAVAILABLE, NOW));
        failed.add(run("1", "here", ErrorCode.REGISTRY_UNAVAILABLE, NOW.minusSeconds(60)));
        registry.reachable(false);
        assertThat(resume.tick()).isEmpty();
        assertThat(pipelines.asked).isEmpty();

        registry.reachable(true);
        assertThat(resume.tick()).hasSize(2).first().asString().contains("run 1 goes on");
        assertThat(pipelines.asked).containsExactly("restart 1", "restart 2");
    }

    @Test
    void nothingElseIsRestarted() {
        failed.add(run("1", "here", ErrorCode.PLUGIN_FAILED, NOW));
        failed.add(run("2", "elsewhere", ErrorCode.REGISTRY_UNAVAILABLE, NOW));
        failed.add(run("3", "here", ErrorCode.REGISTRY_UNAVAILABLE, NOW.minus(Duration.ofDays(8))));
        resume.tick();
        assertThat(pipelines.asked).isEmpty();
    }

    @Test
    void aRegistryThatAnswersAndRefusesTheWorkIsTriedMoreAndMoreSeldom() {
        failed.add(run("1", "here", ErrorCode.REGISTRY_UNAVAILABLE, NOW));
        for (int second = 0; second < 3_600; second++) {
            resume.tick();
            now = now.plusSeconds(1);
        }
        // after 0, 10, 30, 70, 150, 310, 630 s, then every ten minutes
        assertThat(pipelines.asked).hasSizeBetween(9, 12);
    }

    @Test
    void aRunThatHasToWaitForAnotherIsTriedAtOnceAfterIt() {
        failed.add(run("1", "here", ErrorCode.REGISTRY_UNAVAILABLE, NOW));
        pipelines.refusal = new ControlRoomException(ErrorCode.CONFLICT, "another run is open");
        assertThat(resume.tick()).isEmpty();
        pipelines.refusal = null;
        resume.tick();
        assertThat(pipelines.asked).containsExactly("restart 1");
    }

    private static PipelineRun run(String id, String owner, ErrorCode code, Instant end) {
        return new PipelineRun(
                id,
                "train-model",
                RunStatus.FAILED,
                new TreeMap<>(),
                List.of(),
                "api",
                owner,
                end,
                end,
                end,
                "did not answer",
                code.name(),
                null,
                new TreeMap<>());
    }
}
