package org.controlroom.core.port;

import java.time.Instant;
import java.util.List;

/** Who is to be told about the ends of runs, and how far that is. Kept over restarts. Thread-safe. */
public interface RunCallbacks {

    /**
     * One that is due.
     *
     * @param attempts made so far
     */
    record Callback(String runId, String url, int attempts) {}

    /** Those of ended runs that are to be tried now, the longest due first. */
    List<Callback> due(Instant now, int limit);

    /**
     * Takes one, so that no other node tries it before an instant.
     *
     * @return whether it is ours; false when another node took it
     */
    boolean take(Callback callback, Instant until);

    void delivered(String runId);

    /** @param again when it is tried again */
    void failed(String runId, String problem, Instant again);

    void givenUp(String runId, String problem);
}
