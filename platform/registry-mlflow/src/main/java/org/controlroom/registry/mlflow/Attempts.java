package org.controlroom.registry.mlflow;

import java.time.Duration;
import java.util.function.Function;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Asks again when the server did not answer: after a short wait that grows, a quarter more or less by chance, so that many
 * who met one failure do not come back at the same moment. All attempts together have one time to be done in.
 */
final class Attempts {

    private static final long FIRST_DELAY_MS = 200;
    private static final long GROWTH = 4;

    private final int most;

    /** @param most attempts, 1 and more */
    Attempts(int most) {
        this.most = most;
    }

    /**
     * Until it is answered.
     *
     * @param attempt is given the time that is left
     * @throws ControlRoomException of the last attempt
     */
    <T> T until(Duration timeout, Function<Duration, T> attempt) {
        long end = System.nanoTime() + timeout.toNanos();
        long delay = FIRST_DELAY_MS;
        for (int number = 1; ; number++) {
            try {
                return attempt.apply(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (ControlRoomException e) {
                long wait = Math.round(delay * (0.75 + 0.5 * Math.random()));
                boolean late = System.nanoTime() + wait * 1_000_000 >= end;
                if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE || number >= most || late) {
                    throw e;
                }
                sleep(wait, e);
                delay *= GROWTH;
            }
        }
    }

    private static void sleep(long millis, ControlRoomException failure) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
