package org.controlroom.core.predict;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The one model that serves now, and the gate in front of it. Each call acquires the model, uses it to its end and closes
 * it; a swap never waits for calls, and the old model's plugin leases close with its last call.
 */
public final class LiveModels {

    private final long gateWaitMs;

    /** Why this node never serves; null when it does. */
    private final @Nullable String neverServes;

    /** Written only under the lock of this object. */
    private volatile @Nullable LiveModel current;

    /** Not null while calls must wait. Written only under the lock of this object. */
    private volatile @Nullable CountDownLatch gate;

    private volatile @Nullable ActivationFailure failure;

    public LiveModels() {
        this(Duration.ofSeconds(10));
    }

    /** @param gateWait longest time a call waits while a plugin is replaced in place */
    public LiveModels(Duration gateWait) {
        this(gateWait, null);
    }

    private LiveModels(Duration gateWait, @Nullable String neverServes) {
        gateWaitMs = gateWait.toMillis();
        this.neverServes = neverServes;
    }

    /** For a node that answers no predictions: no model becomes live, and whoever asks for one gets this reason. */
    public static LiveModels notServing(String reason) {
        return new LiveModels(Duration.ZERO, reason);
    }

    /** Whether a model can become live on this node. */
    public boolean canServe() {
        return neverServes == null;
    }

    /** The live model, to read about it only; to predict, {@link #acquire()} it. */
    public Optional<LiveModel> live() {
        return Optional.ofNullable(current);
    }

    /** Why the last activation failed; empty when it did not. The model that was live before it stays live. */
    public Optional<ActivationFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Begins one use of the live model; close it soon.
     *
     * @throws ControlRoomException NO_LIVE_MODEL when there is none, with the reason where it is known; OVERLOADED when a
     *     plugin is being replaced and that takes too long
     */
    public LiveModel acquire() {
        while (true) {
            LiveModel live = current;
            if (live == null) {
                CountDownLatch closed = gate;
                if (closed != null) {
                    awaitOpen(closed);
                    continue;
                }
                live = current;
                if (live == null) {
                    throw noLiveModel();
                }
            }
            if (live.acquire()) {
                return live;
            }
        }
    }

    private ControlRoomException noLiveModel() {
        ActivationFailure known = failure;
        if (neverServes != null) {
            return new ControlRoomException(ErrorCode.NO_LIVE_MODEL, neverServes);
        }
        Reason reason = known == null
                ? Reason.of("no-live-model", "no model is live yet; train one with pipeline train-model")
                : Reason.of(
                        "no-live-model-failed",
                        "no model is live: version {0} could not be activated: {1}",
                        known.version(),
                        known.reason());
        return new ControlRoomException(ErrorCode.NO_LIVE_MODEL, reason);
    }

    private void awaitOpen(CountDownLatch closed) {
        try {
            if (!closed.await(gateWaitMs, TimeUnit.MILLISECONDS)) {
                // Whoever closed it has given up; later calls shall not wait for nothing.
                abandon(closed);
                throw new ControlRoomException(
                        ErrorCode.OVERLOADED,
                        "a plugin of the live model is being replaced; waited " + gateWaitMs + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlRoomException(ErrorCode.CANCELLED, "interrupted while a plugin was being replaced", e);
        }
    }

    /**
     * Makes the model live and opens the gate.
     *
     * @return the model that was live before and is now in its last calls; empty when there was none
     * @throws IllegalStateException on a node that answers no predictions
     */
    public synchronized Optional<LiveModel> swap(ServingModel model, ModelVersion version, Instant now) {
        if (!canServe()) {
            throw new IllegalStateException("version " + version.version() + ": " + neverServes);
        }
        LiveModel before = current;
        current = new LiveModel(model, version, now);
        failure = null;
        openGate();
        if (before != null) {
            before.close();
        }
        return Optional.ofNullable(before);
    }

    /** Shows changed stage, aliases or tags of the live version; does nothing when another version is live. */
    public synchronized void refresh(ModelVersion changed) {
        LiveModel live = current;
        if (live != null && live.version().version().equals(changed.version())) {
            current = live.with(changed);
        }
    }

    /** Takes the live model out of service; calls wait at the gate until {@link #swap} or {@link #openGate}. */
    public synchronized Optional<LiveModel> suspend() {
        LiveModel before = current;
        if (before != null) {
            gate = new CountDownLatch(1);
            current = null;
            before.close();
        }
        return Optional.ofNullable(before);
    }

    /** Lets waiting calls go on, with or without a live model. */
    public synchronized void openGate() {
        CountDownLatch closed = gate;
        gate = null;
        if (closed != null) {
            closed.countDown();
        }
    }

    private synchronized void abandon(CountDownLatch closed) {
        if (gate == closed) {
            openGate();
        }
    }

    /** Remembers why an activation failed, for status and errors. */
    public void failed(ActivationFailure reason) {
        failure = reason;
    }

    /** Whether a model is live, or will be in a moment because its plugin is being replaced. */
    public boolean isServing() {
        return current != null || gate != null;
    }

    /** @return whether all calls that used the model have ended within the time */
    public static boolean awaitDrained(LiveModel old, Duration timeout) {
        try {
            return old.awaitDrained(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * An activation that did not succeed.
     *
     * @param version version that should have become live; {@code ?} when it is not known
     * @param code kind of the error
     * @param reason for people
     */
    public record ActivationFailure(String version, ErrorCode code, String reason, Instant time) {}
}
