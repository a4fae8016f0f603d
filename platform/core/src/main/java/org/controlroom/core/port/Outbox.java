package org.controlroom.core.port;

import java.time.Instant;
import java.util.List;

/**
 * What is to be sent to somebody else, and how far that is. Kept over restarts, sent by one of many nodes. Thread-safe.
 *
 * @param <T> what is needed to send one
 */
public interface Outbox<T> {

    /**
     * One that is due.
     *
     * @param id the same at each attempt
     * @param attempts made so far
     */
    record Item<T>(String id, int attempts, T content) {}

    /** Those that are to be tried now, the longest due first. */
    List<Item<T>> due(Instant now, int limit);

    /**
     * Takes one and counts the attempt, so that no other node tries it before an instant.
     *
     * @return whether it is ours; false when another node took it
     */
    boolean take(Item<T> item, Instant until);

    void delivered(String id, Instant now);

    /** @param again when it is tried again */
    void failed(String id, String problem, Instant again);

    void givenUp(String id, String problem, Instant now);
}
