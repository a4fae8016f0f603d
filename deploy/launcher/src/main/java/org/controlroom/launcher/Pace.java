package org.controlroom.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How far the current part of a step is, its rate and the time left. A step does several things one after the other, so
 * that its own start says nothing about the rate of what it does now; each part is timed from when it was first seen.
 */
final class Pace {
    /** Less is too short to tell a rate from. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private String part = "";
    private long doneFirst;
    private Instant seenFirst = Instant.EPOCH;

    /** @param what names the part; another name is another part */
    String count(String what, Object step, Instant now) {
        long done = Json.numberAt(step, "done");
        long total = Json.numberAt(step, "total");
        if (!what.equals(part) || done < doneFirst) {
            part = what;
            doneFirst = Math.max(0, done);
            seenFirst = now;
        }
        if (done <= 0) {
            return "";
        }
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%,d", done));
        if (total > 0) {
            out.append(String.format(Locale.ROOT, " of %,d", total));
        }
        Duration watched = Duration.between(seenFirst, now);
        if (watched.compareTo(LEAST) >= 0 && done > doneFirst && isRunning(step)) {
            double rate = (done - doneFirst) * 1000.0 / watched.toMillis();
            out.append(String.format(Locale.ROOT, rate < 10 ? "  %.1f/s" : "  %,.0f/s", rate));
            if (total > done) {
                long left = Math.round((total - done) / rate);
                out.append(String.format(Locale.ROOT, "  %d:%02d left", left / 60, left % 60));
            }
        }
        return out.toString();
    }

    private static boolean isRunning(Object step) {
        return Json.textAt(step, "status").equals("running");
    }
}
