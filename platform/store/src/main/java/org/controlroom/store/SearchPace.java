package org.controlroom.store;

import java.time.Duration;

/**
 * How much each statement of a search looks at, and when the search ends. A statement is to take some milliseconds: how many
 * rows that are depends on their length, on the database, and most of all on whether they come from memory or from the
 * disk, so each statement is measured and the next one is made longer or shorter. One search, one thread.
 */
final class SearchPace {

    private static final long AIM_NANOS = Duration.ofMillis(8).toNanos();

    private final int fewest;
    private final int most;
    private final long end;
    private int rows;
    private long begun;

    /**
     * Begins the search.
     *
     * @param patience after which no statement begins
     * @param fewest rows of any statement, and of the first, which may meet a cold disk
     * @param most rows that one statement may look at
     */
    SearchPace(Duration patience, int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
        rows = fewest;
        begun = System.nanoTime();
        end = begun + patience.toNanos();
    }

    /** Rows that the next statement looks at. */
    int rows() {
        return rows;
    }

    /** Notes that a statement and what had to be done with its rows has ended; whether another one has time to end, too. */
    boolean goesOn() {
        long now = System.nanoTime();
        long took = now - begun;
        begun = now;
        rows = next(rows, took, fewest, most);
        return now + Math.min(took, AIM_NANOS) - end < 0;
    }

    /** At most twice as many as before, so that a stretch of the disk that is cold surprises nobody for long. */
    static int next(int rows, long tookNanos, int fewest, int most) {
        double wanted = rows * Math.min(2, (double) AIM_NANOS / Math.max(1, tookNanos));
        return (int) Math.min(most, Math.max(fewest, wanted));
    }
}
