package org.controlroom.pipelines.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.controlroom.spi.ControlRoomException;
import org.jspecify.annotations.Nullable;

/** What this process knows of an open run and the history does not. */
final class RunControl {

    private final CountDownLatch cancel = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    volatile Instant startedAt;
    volatile @Nullable ControlRoomException failure;

    RunControl(Instant startedAt) {
        this.startedAt = startedAt;
    }

    void cancel() {
        cancel.countDown();
    }

    boolean cancelled() {
        return cancel.getCount() == 0;
    }

    void ended() {
        end.countDown();
    }

    /** Waits, but not longer than until somebody cancels. */
    void awaitCancel(Duration atMost) {
        if (!await(cancel, atMost) && Thread.currentThread().isInterrupted()) {
            cancel();
        }
    }

    /** Whether it ended in time. */
    boolean awaitEnd(Duration atMost) {
        return await(end, atMost);
    }

    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
