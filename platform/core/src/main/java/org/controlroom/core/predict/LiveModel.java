package org.controlroom.core.predict;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.core.model.ModelVersion;

/** A serving model in its time of service: which version it is, since when, and how many calls are using it. */
public final class LiveModel implements AutoCloseable {

    private final ServingModel model;
    private final ModelVersion version;
    private final String stage;
    private final Instant activatedAt;
    private final Users users;

    LiveModel(ServingModel model, ModelVersion version, Instant activatedAt) {
        this(model, version, activatedAt, new Users());
    }

    private LiveModel(ServingModel model, ModelVersion version, Instant activatedAt, Users users) {
        this.model = model;
        this.version = version;
        this.stage = version.stage().title();
        this.activatedAt = activatedAt;
        this.users = users;
    }

    /** The same model in the same time of service under changed stage, aliases or tags. */
    LiveModel with(ModelVersion changed) {
        return new LiveModel(model, changed, activatedAt, users);
    }

    public ServingModel model() {
        return model;
    }

    public ModelVersion version() {
        return version;
    }

    /** Title of the version's stage, for example {@code Production}. */
    public String stage() {
        return stage;
    }

    public Instant activatedAt() {
        return activatedAt;
    }

    boolean acquire() {
        return users.add();
    }

    /** Ends one use that {@link LiveModels#acquire} began. The last use after a swap closes the plugin leases. */
    @Override
    public void close() {
        if (users.remove()) {
            model.close();
            users.drained.countDown();
        }
    }

    /** @return whether all uses ended in time */
    boolean awaitDrained(long timeoutMs) throws InterruptedException {
        return users.drained.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Uses in progress, plus one as long as the model is live. Zero is final. */
    private static final class Users {
        private final AtomicInteger count = new AtomicInteger(1);
        private final CountDownLatch drained = new CountDownLatch(1);

        boolean add() {
            int seen = count.get();
            while (seen > 0) {
                if (count.compareAndSet(seen, seen + 1)) {
                    return true;
                }
                seen = count.get();
            }
            return false;
        }

        boolean remove() {
            return count.decrementAndGet() == 0;
        }
    }
}
