package org.controlroom.pipelines.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;

/**
 * Ends a step that takes too long at its next question, as a cancellation does. Its thread is not interrupted: that would
 * close the file of the embedded database under everybody.
 */
final class LimitedProgress implements Progress {

    private final Progress progress;
    private final String step;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final long start;

    LimitedProgress(Progress progress, String step, Duration limit, LongSupplier nanoTime) {
        this.progress = progress;
        this.step = step;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public void report(String what, long done, long total) {
        progress.report(what, done, total);
    }

    @Override
    public void throwIfCancelled() {
        progress.throwIfCancelled();
        if (nanoTime.getAsLong() - start > limit.toNanos()) {
            throw new ControlRoomException(
                    ErrorCode.OVERLOADED,
                    Reason.of(
                            "step-limit",
                            "{0} took longer than its limit of {1} min; give it more (controlroom.pipelines.steps), or less"
                                    + " to do",
                            step,
                            limit.toMinutes()));
        }
    }
}
