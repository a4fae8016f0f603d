package org.controlroom.registry.mlflow;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * Calls of MLflow's Java client. That knows no time-out and has two connections, so each call borrows a client of its own,
 * and when its time is over the client is closed under it, which ends the call. Thread-safe.
 */
final class MlflowCalls implements AutoCloseable {

    /**
     * What the client and the HTTP client inside it log: every answer above 399, three times, as a rate limit, and every
     * broken connection. What matters of it is in our exceptions. Held, because a level is lost with its logger.
     */
    private static final List<Logger> CLIENT_LOGS = List.of(
            Logger.getLogger("org.mlflow.tracking.MlflowHttpCaller"),
            Logger.getLogger("org.mlflow_project.apachehttp"));

    static {
        CLIENT_LOGS.forEach(log -> log.setLevel(Level.OFF));
    }

    private final MlflowSettings settings;
    private final ServerErrors errors;
    private final Attempts attempts;
    private final ScheduledThreadPoolExecutor watch;
    private final Queue<MlflowClient> idle = new ConcurrentLinkedQueue<>();

    MlflowCalls(MlflowSettings settings, ServerErrors errors, Attempts attempts) {
        this.settings = settings;
        this.errors = errors;
        this.attempts = attempts;
        watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mlflow-time-limits");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * A question, or a change that may be made twice; asked again when there is no answer.
     *
     * @param what it does, for messages
     * @throws ControlRoomException REGISTRY_UNAVAILABLE without an answer, otherwise what the answer means
     */
    <T> T ask(String what, Function<MlflowClient, T> call) {
        return attempts.until(settings.timeout(), left -> once(what, left, call));
    }

    /** One attempt with a time of its own. */
    <T> T once(String what, Duration timeout, Function<MlflowClient, T> call) {
        MlflowClient known = idle.poll();
        MlflowClient client = known == null ? connect() : known;
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> limit = watch.schedule(
                () -> {
                    if (late.compareAndSet(false, true)) {
                        client.close();
                    }
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return call.apply(client);
        } catch (MlflowHttpException e) {
            throw errors.refusal(what, e.getStatusCode(), String.valueOf(e.getBodyMessage()));
        } catch (MlflowClientException e) {
            throw late.get() ? errors.late(what, timeout.toMillis()) : errors.unreachable(what, e);
        } catch (ControlRoomException e) {
            boolean unreadable = e.code() == ErrorCode.MALFORMED_BODY || e.code() == ErrorCode.ARTIFACT_INVALID;
            throw unreadable ? errors.strange(what, e) : e;
        } catch (IllegalStateException e) {
            // the connections were closed before the call took one
            throw late.get() ? errors.late(what, timeout.toMillis()) : e;
        } finally {
            limit.cancel(false);
            // a cancelled time limit may be running: only who sets this first may close the client or lend it again
            if (late.compareAndSet(false, true)) {
                idle.add(client);
            }
        }
    }

    private MlflowClient connect() {
        MlflowClient client = new MlflowClient(credentials());
        SSLContext trust = settings.trust();
        if (trust != null) {
            HttpTrust.set(client, trust);
        }
        return client;
    }

    private BasicMlflowHostCreds credentials() {
        MlflowSettings.Credentials credentials = settings.credentials();
        if (credentials instanceof MlflowSettings.Basic basic) {
            return new BasicMlflowHostCreds(settings.base(), basic.user(), basic.password());
        }
        if (credentials instanceof MlflowSettings.Token token) {
            return new BasicMlflowHostCreds(settings.base(), token.token());
        }
        return new BasicMlflowHostCreds(settings.base());
    }

    @Override
    public void close() {
        watch.shutdownNow();
        for (MlflowClient client = idle.poll(); client != null; client = idle.poll()) {
            client.close();
        }
    }
}
