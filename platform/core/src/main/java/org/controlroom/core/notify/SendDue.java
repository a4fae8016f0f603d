package org.controlroom.core.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.controlroom.core.model.StepPolicy;
import org.controlroom.core.port.Outbox;
import org.controlroom.spi.ControlRoomException;

/**
 * Sends what is due in an outbox, and tries again later what could not be sent. Called every second or so by one thread
 * of each node; whatever happens, nothing is lost before it was tried often enough.
 *
 * @param <T> what is needed to send one
 */
public final class SendDue<T> {

    /** Ten attempts within about five hours. */
    public static final StepPolicy RETRIES = new StepPolicy(10, Duration.ofSeconds(5), Duration.ofHours(1), null);

    private static final System.Logger LOG = System.getLogger(SendDue.class.getName());
    private static final int AT_ONCE = 20;

    private final String what;
    private final Outbox<T> outbox;
    private final Sending<T> sending;
    private final Outcome outcome;
    private final Duration patience;
    private final InstantSource clock;
    private final DoubleSupplier chance;

    /** Sends one. */
    @FunctionalInterface
    public interface Sending<T> {
        /** @throws ControlRoomException saying what failed */
        void send(Outbox.Item<T> item);
    }

    /** Is told how each attempt ended: {@code delivered}, {@code failed} or {@code given_up}. */
    @FunctionalInterface
    public interface Outcome {
        void ended(String outcome);
    }

    /**
     * @param what is sent, for the log
     * @param patience the longest that one attempt takes
     * @param chance 0..1
     */
    public SendDue(
            String what,
            Outbox<T> outbox,
            Sending<T> sending,
            Outcome outcome,
            Duration patience,
            InstantSource clock,
            DoubleSupplier chance) {
        this.what = what;
        this.outbox = outbox;
        this.sending = sending;
        this.outcome = outcome;
        this.patience = patience;
        this.clock = clock;
        this.chance = chance;
    }

    /** Once more; never throws. */
    public void tick() {
        try {
            for (Outbox.Item<T> item : outbox.due(clock.instant(), AT_ONCE)) {
                // Should this node die while it sends, another one tries again after that.
                if (outbox.take(item, clock.instant().plus(patience.multipliedBy(3)))) {
                    send(item);
                }
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, what, e);
        }
    }

    private void send(Outbox.Item<T> item) {
        String problem;
        try {
            sending.send(item);
            outbox.delivered(item.id(), clock.instant());
            outcome.ended("delivered");
            return;
        } catch (ControlRoomException e) {
            problem = String.valueOf(e.getMessage());
        }
        int made = item.attempts() + 1;
        Instant now = clock.instant();
        if (made >= RETRIES.attempts()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    what + " " + item.id() + " given up after " + made + " attempts: " + problem);
            outbox.givenUp(item.id(), problem, now);
            outcome.ended("given_up");
        } else {
            outbox.failed(item.id(), problem, now.plus(RETRIES.delay(made, chance.getAsDouble())));
            outcome.ended("failed");
        }
    }
}
