package org.controlroom.api.operate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the registry's webhooks came last, since the start of this node. Thread-safe. */
public final class WebhookDeliveries {

    private volatile Last last = new Last(null, null, null);

    /**
     * The newest of each kind.
     *
     * @param acceptedAt when one was taken, about whatever; null when none was
     * @param refusedAt when one was refused; null when none was
     * @param refusal why that was
     */
    public record Last(
            @Nullable Instant acceptedAt,
            @Nullable Instant refusedAt,
            @Nullable String refusal) {}

    public Last last() {
        return last;
    }

    public synchronized void accepted(Instant at) {
        last = new Last(at, last.refusedAt(), last.refusal());
    }

    public synchronized void refused(Instant at, String why) {
        last = new Last(last.acceptedAt(), at, why);
    }
}
