package org.controlroom.pipelines.internal;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;

/** Reports of one step, thinned out: steps report every row, the history is written a few times a second at most. */
final class StepProgress implements Progress {

    /** Where thinned reports go. */
    interface Sink {
        void write(String what, long done, long total);
    }

    private final Sink sink;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanoTime;
    private final long intervalNanos;
    private final AtomicLong lastWrite;

    private volatile String what = "";
    private volatile long done;
    private volatile long total = -1;

    StepProgress(Sink sink, BooleanSupplier cancelled, LongSupplier nanoTime, Duration interval) {
        this.sink = sink;
        this.cancelled = cancelled;
        this.nanoTime = nanoTime;
        this.intervalNanos = interval.toNanos();
        this.lastWrite = new AtomicLong(nanoTime.getAsLong() - intervalNanos);
    }

    @Override
    public void report(String what, long done, long total) {
        boolean newWork = !Objects.equals(what, this.what);
        this.what = what;
        this.done = done;
        this.total = total;
        long now = nanoTime.getAsLong();
        long last = lastWrite.get();
        // New work shows early, but not at once: threads that take turns would make every report one of new work.
        long wait = newWork ? intervalNanos / 10 : intervalNanos;
        // Of many threads that find the write due, one makes it.
        if (now - last >= wait && lastWrite.compareAndSet(last, now)) {
            sink.write(what, done, total);
        }
    }

    @Override
    public void throwIfCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new ControlRoomException(ErrorCode.CANCELLED, "cancelled on request");
        }
    }

    /** Writes the last report, which thinning may have kept back. */
    void flush() {
        if (!what.isEmpty()) {
            sink.write(what, done, total);
        }
    }
}
