package org.controlroom.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.LostRuns;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.RunOwners;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class KeepRunsTest {

    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final Owners owners = new Owners();
    private final AskedPipelines pipelines = new AskedPipelines();
    private final List<String> closed = new ArrayList<>();

    private KeepRuns keepRuns(LostRuns policy, String... cutOff) {
        RunHistory history = (RunHistory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RunHistory.class}, (proxy, method, arguments) -> null);
        return new KeepRuns(
                owners, pipelines, history, "here", policy, SILENCE, List.of(cutOff), closed::add, () -> NOW);
    }

    @Test
    void aLostRunIsClosedAndWaitsForSomebodyByDefault() {
        owners.lost.add("run-1");
        List<String> said = keepRuns(LostRuns.FAIL, "run-2").tick();

        assertThat(said).singleElement().asString().contains("run-1 is lost");
        assertThat(closed).containsExactly("run-1");
        assertThat(pipelines.asked).isEmpty();
    }

    @Test
    void aLostRunIsTakenUpWhereThatIsThePolicy() {
        owners.lost.add("run-1");
        KeepRuns keepRuns = keepRuns(LostRuns.RESTART, "run-2");
        keepRuns.tick();
        owners.lost.clear();
        keepRuns.tick();

        assertThat(pipelines.asked).containsExactly("restart run-2", "restart run-1");
        assertThat(owners.takeovers).containsEntry("run-1", 1).containsEntry("run-2", 1);
    }

    @Test
    void aRunThatKillsItsNodeIsNotTakenUpForEver() {
        for (int start = 0; start < 10; start++) {
            keepRuns(LostRuns.RESTART, "run-1").tick();
        }
        assertThat(pipelines.asked).hasSize(LostRuns.MOST_TAKEOVERS);
    }

    @Test
    void aRunThatCannotBeTakenUpIsToldOnce() {
        pipelines.refusal = new ControlRoomException(ErrorCode.CONFLICT, "another run is open");
        KeepRuns keepRuns = keepRuns(LostRuns.RESTART, "run-1");

        assertThat(keepRuns.tick()).singleElement().asString().contains("another run is open");
        assertThat(keepRuns.tick()).isEmpty();
    }

    @Test
    void whatAnotherNodeWasAskedToCancelIsCancelledHere() {
        owners.toCancel.add("run-1");
        keepRuns(LostRuns.FAIL).tick();

        assertThat(pipelines.asked).containsExactly("cancel run-1");
    }

    private static final class Owners implements RunOwners {
        private final List<String> lost = new ArrayList<>();
        private final List<String> toCancel = new ArrayList<>();
        private final Map<String, Integer> takeovers = new HashMap<>();

        @Override
        public List<String> alive(String node, Instant now) {
            return List.copyOf(toCancel);
        }

        @Override
        public List<String> failOwn(String node, Instant now) {
            return List.of();
        }

        @Override
        public List<String> failLost(String node, Instant silentSince, Instant now) {
            assertThat(silentSince).isEqualTo(now.minus(SILENCE));
            return List.copyOf(lost);
        }

        @Override
        public boolean othersRun(String node) {
            return false;
        }

        @Override
        public void takeUp(String runId, String node, Instant now) {}

        @Override
        public void requestCancel(String runId) {}

        @Override
        public int takeovers(String runId) {
            return takeovers.getOrDefault(runId, 0);
        }

        @Override
        public void countTakeover(String runId) {
            takeovers.merge(runId, 1, Integer::sum);
        }
    }
}
