package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Outbox;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one database. */
class JdbcRunOwnersTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private TestDatabase test;
    private Instant now = START;
    private JdbcRunHistory history;
    private JdbcRunOwners owners;

    @BeforeEach
    void open() {
        test = database(folder);
        history = new JdbcRunHistory(test.database, () -> now);
        owners = new JdbcRunOwners(test.database);
    }

    /** Fresh and with all tables; another kind of database has a test of its own. */
    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private PipelineRun run(String pipeline, String owner) {
        PipelineRun run = history.create(pipeline, List.of("a", "b"), Map.of(), RunOrigin.API, owner)
                .orElseThrow();
        history.setStatus(run.id(), RunStatus.RUNNING, null);
        history.setStepStatus(run.id(), "a", RunStatus.RUNNING);
        history.setStepStatus(run.id(), "a", RunStatus.COMPLETED);
        history.setStepStatus(run.id(), "b", RunStatus.RUNNING);
        return history.run(run.id());
    }

    @Test
    void aNodeThatStartsLeavesTheRunsOfOthersAlone() {
        PipelineRun here = run("load-data", "here");
        PipelineRun there = run("train-model", "there");

        assertThat(owners.failOwn("here", now)).containsExactly(here.id());
        assertThat(history.run(there.id()).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(owners.othersRun("here")).isTrue();
        assertThat(owners.othersRun("there")).isFalse();
    }

    @Test
    void aRunWhoseNodeIsSilentIsLostOnce() {
        PipelineRun lost = run("train-model", "there");
        assertThat(owners.failLost("here", START, START)).isEmpty();

        now = START.plusSeconds(90);
        assertThat(owners.failLost("there", now.minusSeconds(60), now))
                .as("its own node")
                .isEmpty();
        assertThat(owners.failLost("here", now.minusSeconds(60), now)).containsExactly(lost.id());
        assertThat(owners.failLost("third", now.minusSeconds(60), now)).isEmpty();

        PipelineRun failed = history.run(lost.id());
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.error()).contains("not heard of any more");
        assertThat(failed.steps())
                .extracting(PipelineRun.Step::status)
                .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED);
    }

    @Test
    void aNodeThatSaysThatItLivesKeepsItsRuns() {
        run("train-model", "there");
        now = START.plusSeconds(90);
        owners.alive("there", now);

        assertThat(owners.failLost("here", now.minusSeconds(60), now)).isEmpty();
    }

    @Test
    void aRunThatAnotherNodeTakesUpBeginsAnewAndOnItsOwnNodeGoesOn() {
        PipelineRun run = run("train-model", "there");
        history.setStatus(run.id(), RunStatus.FAILED, new ControlRoomException(ErrorCode.INTERNAL, "x"));

        owners.takeUp(run.id(), "there", now);
        assertThat(history.run(run.id()).steps().get(0).status()).isEqualTo(RunStatus.COMPLETED);

        owners.takeUp(run.id(), "here", now);
        PipelineRun taken = history.run(run.id());
        assertThat(taken.owner()).isEqualTo("here");
        assertThat(taken.steps()).extracting(PipelineRun.Step::status).containsOnly(RunStatus.QUEUED);
        assertThat(taken.steps().get(0).attempts()).isEqualTo(1);
    }

    @Test
    void aCancellationReachesTheOwnerAndIsForgottenByARestart() {
        PipelineRun run = run("train-model", "there");
        owners.requestCancel(run.id());

        assertThat(owners.alive("here", now)).isEmpty();
        assertThat(owners.alive("there", now)).containsExactly(run.id());
        owners.takeUp(run.id(), "there", now);
        assertThat(owners.alive("there", now)).isEmpty();
    }

    @Test
    void takeoversAreCounted() {
        PipelineRun run = run("train-model", "there");
        assertThat(owners.takeovers(run.id())).isZero();
        owners.countTakeover(run.id());
        assertThat(owners.takeovers(run.id())).isEqualTo(1);
    }

    @Test
    void aCallbackIsDueWhenItsRunHasEndedAndTakenByOneNode() {
        JdbcRunCallbacks callbacks = new JdbcRunCallbacks(test.database);
        RunOrigin origin = new RunOrigin("api", null, null, "http://example.org/hook");
        PipelineRun run = history.create("load-data", List.of("a"), Map.of(), origin, "here")
                .orElseThrow();
        assertThat(callbacks.due(now, 10)).isEmpty();

        history.setStatus(run.id(), RunStatus.COMPLETED, null);
        List<Outbox.Item<String>> due = callbacks.due(now, 10);
        assertThat(due).containsExactly(new Outbox.Item<>(run.id(), 0, "http://example.org/hook"));
        assertThat(callbacks.take(due.get(0), now.plusSeconds(30))).isTrue();
        assertThat(callbacks.take(due.get(0), now.plusSeconds(30))).isFalse();

        callbacks.failed(run.id(), "answered 503", now.plusSeconds(10));
        assertThat(callbacks.due(now, 10)).isEmpty();
        assertThat(callbacks.due(now.plusSeconds(10), 10))
                .extracting(Outbox.Item::attempts)
                .containsExactly(1);
        callbacks.delivered(run.id(), now);
        assertThat(callbacks.due(now.plusSeconds(1000), 10)).isEmpty();

        owners.takeUp(run.id(), "here", now);
        assertThat(callbacks.due(now, 10)).as("of the run that was restarted").hasSize(1);
    }
}
