package org.controlroom.core.port;

import java.time.Instant;
import java.util.List;

/**
 * Which node runs what, for nodes that share a database. A node says every few seconds that it lives; the open runs of one
 * that has not said so for long are lost. Thread-safe.
 */
public interface RunOwners {

    /**
     * Says that a node lives.
     *
     * @return ids of its open runs that another node was asked to cancel
     */
    List<String> alive(String node, Instant now);

    /**
     * At the start of a node: what it had open was cut off by its end; it becomes FAILED and can be restarted.
     *
     * @return ids of those runs
     */
    List<String> failOwn(String node, Instant now);

    /**
     * The open runs of other nodes that have not said for long that they live become FAILED. Of many nodes that find the
     * same run lost, one is answered with it.
     *
     * @param silentSince nodes that said so later live
     */
    List<String> failLost(String node, Instant silentSince, Instant now);

    /** Whether a run of another node is open. */
    boolean othersRun(String node);

    /**
     * Makes an ended run the node's own, before it is restarted. What was done on another node is done again, because its
     * files are there.
     */
    void takeUp(String runId, String node, Instant now);

    /** Lets the owner of a run cancel it soon. */
    void requestCancel(String runId);

    /** How often a run was restarted without being asked for. */
    int takeovers(String runId);

    /** Counts one more of {@link #takeovers}. */
    void countTakeover(String runId);
}
