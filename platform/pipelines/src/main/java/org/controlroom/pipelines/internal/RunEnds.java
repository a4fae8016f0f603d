package org.controlroom.pipelines.internal;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes down how runs ended. What the history cannot take, because the disk is full or the database away, is written as
 * soon as it can be: a run that stays open in the history would block all others of its pipeline. Thread-safe.
 */
final class RunEnds {

    private static final Logger LOG = Logger.getLogger(RunEnds.class.getName());

    private final Duration pause;

    // All below guarded by this.
    private final Map<String, Runnable> unwritten = new LinkedHashMap<>();
    private boolean retrying;
    private boolean stopped;

    /** @param pause between two tries */
    RunEnds(Duration pause) {
        this.pause = pause;
    }

    /** @param end may be called again after it threw, from another thread */
    void write(String runId, Runnable end) {
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "run " + runId + ": its end is not written yet: " + e.getMessage());
            later(runId, end);
        }
    }

    private synchronized void later(String runId, Runnable end) {
        unwritten.put(runId, end);
        if (!retrying) {
            retrying = true;
            Thread thread = new Thread(this::retry, "run-ends");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private synchronized void retry() {
        try {
            while (!stopped && !unwritten.isEmpty()) {
                TimeUnit.NANOSECONDS.timedWait(this, pause.toNanos());
                settle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            retrying = false;
        }
    }

    /** Tries now what is still to be written. */
    synchronized void settle() {
        for (Iterator<Map.Entry<String, Runnable>> left = unwritten.entrySet().iterator(); left.hasNext(); ) {
            Map.Entry<String, Runnable> next = left.next();
            try {
                next.getValue().run();
                left.remove();
                LOG.info("run " + next.getKey() + ": its end is written now");
            } catch (RuntimeException e) {
                LOG.log(Level.FINE, "run " + next.getKey() + ": its end is still not written", e);
            }
        }
    }

    /** What is not written by now is found cut off by the next process. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
