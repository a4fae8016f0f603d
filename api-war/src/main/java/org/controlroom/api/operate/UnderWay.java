package org.controlroom.api.operate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The control requests that are being answered now, so that what would make them wait can be done before or after them.
 * Thread-safe.
 */
public final class UnderWay {

    /** A page asks several questions one after the other. */
    static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);

    /** What takes longer is no question of a page, or its end was missed. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Map<Object, Long> begun = new ConcurrentHashMap<>();
    private volatile long lastEnd;

    /** @param nanos as {@link System#nanoTime()} */
    public UnderWay(LongSupplier nanos) {
        this.nanos = nanos;
        lastEnd = nanos.getAsLong() - BETWEEN_QUESTIONS.toNanos();
    }

    /** @param request stands for itself until it ends */
    public void begin(Object request) {
        begun.put(request, nanos.getAsLong());
    }

    public void end(Object request) {
        if (begun.remove(request) != null) {
            lastEnd = nanos.getAsLong();
        }
    }

    /** Whether somebody waits for an answer, or has got one just now and will ask again. */
    public boolean any() {
        long now = nanos.getAsLong();
        begun.values().removeIf(since -> now - since >= LONGEST.toNanos());
        return !begun.isEmpty() || now - lastEnd < BETWEEN_QUESTIONS.toNanos();
    }
}
