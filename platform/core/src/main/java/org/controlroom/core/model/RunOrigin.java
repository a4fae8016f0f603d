package org.controlroom.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a run, and how to know the same request when it comes again.
 *
 * @param text who asked, in words: {@code api}, {@code schedule weekly}
 * @param key the same for the same request; there is at most one run with it. Null when every request is a new one
 * @param fingerprint of what was asked for; another one under the same key is a conflict. Null when nothing is compared
 * @param callbackUrl told about the end of the run; null for nobody
 */
public record RunOrigin(
        String text,
        @Nullable String key,
        @Nullable String fingerprint,
        @Nullable String callbackUrl) {

    /** Somebody asked, by a page or a program, and would be given a new run each time. */
    public static final RunOrigin API = new RunOrigin("api", null, null, null);

    /** A fire time of a schedule, which has one run however many nodes find it due. */
    public static RunOrigin scheduled(String schedule, Instant fireTime) {
        return new RunOrigin("schedule " + schedule, "schedule " + schedule + " " + fireTime, null, null);
    }

    /** Somebody who did not wait for the schedule. */
    public static RunOrigin byHand(String schedule) {
        return new RunOrigin("schedule " + schedule + ", by hand", null, null, null);
    }

    /** The run of another one's parameters. */
    public static RunOrigin again(String runId) {
        return new RunOrigin("again as " + runId, null, null, null);
    }
}
