package org.controlroom.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.controlroom.core.model.LostRuns;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.RunOwners;
import org.controlroom.spi.ControlRoomException;

/**
 * Says that this node lives, cancels what other nodes were asked to cancel here, and takes up the runs of nodes that died.
 * Called every few seconds on each node that runs pipelines, by one thread.
 */
public final class KeepRuns {

    private final RunOwners owners;
    private final Pipelines pipelines;
    private final RunHistory history;
    private final String node;
    private final LostRuns policy;
    private final Duration silence;
    private final Consumer<String> close;
    private final InstantSource clock;

    /** Runs that are to be restarted and could not be yet. */
    private final List<String> toRestart = new ArrayList<>();

    /**
     * @param silence a node that has said nothing for this long is dead; far longer than any pause for memory
     * @param cutOff runs of this node that its last end cut off
     * @param close closes what a lost run leaves open elsewhere
     */
    public KeepRuns(
            RunOwners owners,
            Pipelines pipelines,
            RunHistory history,
            String node,
            LostRuns policy,
            Duration silence,
            List<String> cutOff,
            Consumer<String> close,
            InstantSource clock) {
        this.owners = owners;
        this.pipelines = pipelines;
        this.history = history;
        this.node = node;
        this.policy = policy;
        this.silence = silence;
        this.close = close;
        this.clock = clock;
        cutOff.forEach(this::consider);
    }

    /**
     * Once more.
     *
     * @return what happened that somebody may want to know
     */
    public List<String> tick() {
        List<String> said = new ArrayList<>();
        Instant now = clock.instant();
        for (String run : owners.alive(node, now)) {
            pipelines.cancel(run);
            said.add("run " + run + " is cancelled for another node");
        }
        for (String run : owners.failLost(node, now.minus(silence), now)) {
            said.add("run " + run + " is lost: its node has not been heard of for " + silence.toSeconds() + " s");
            close.accept(run);
            consider(run);
        }
        for (String run : List.copyOf(toRestart)) {
            toRestart.remove(run);
            try {
                owners.countTakeover(run);
                pipelines.restart(run);
                history.log(run, "INFO", "taken up by node " + node + " (" + LostRuns.KEY + "=" + policy.text() + ")");
                said.add("run " + run + " is taken up");
            } catch (ControlRoomException e) {
                said.add("run " + run + " cannot be taken up: " + e.getMessage());
            }
        }
        return said;
    }

    private void consider(String run) {
        if (policy == LostRuns.RESTART && owners.takeovers(run) < LostRuns.MOST_TAKEOVERS) {
            toRestart.add(run);
        }
    }
}
