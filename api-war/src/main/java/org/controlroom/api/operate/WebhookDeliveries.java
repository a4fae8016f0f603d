package org.controlroom.api.operate;

import java.time.Instant;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** When the registry's webhooks came last, since the start of this node. Thread-safe. */
public final class WebhookDeliveries {

    private volatile Last last = new Last(null, null, null, null);

    /**
     * The newest of each kind.
     *
     * @param acceptedAt when one was taken, about whatever; null when none was
     * @param refusedAt when one was refused; null when none was
     * @param refusal why that was
     * @param refusalReason the same for other languages; null when it is said in English only
     */
    public record Last(
            @Nullable Instant acceptedAt,
            @Nullable Instant refusedAt,
            @Nullable String refusal,
            @Nullable Reason refusalReason) {}

    public Last last() {
        return last;
    }

    public synchronized void accepted(Instant at) {
        last = new Last(at, last.refusedAt(), last.refusal(), last.refusalReason());
    }

    public synchronized void refused(Instant at, String why, @Nullable Reason reason) {
        last = new Last(last.acceptedAt(), at, why, reason);
    }
}
