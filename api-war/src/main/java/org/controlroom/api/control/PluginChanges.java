package org.controlroom.api.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Plugins;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of plugins in a thread of its own, one after the other, and notes the plugin's calls meanwhile, so that a
 * change can be watched, left and found again. Forgets with the process. Thread-safe.
 */
public final class PluginChanges implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PluginChanges.class.getName());
    private static final int MOST = 50;
    private static final long SAMPLE_EVERY_MS = 500;
    private static final Duration WATCHED_AFTERWARDS = Duration.ofSeconds(30);
    /** A change that hangs must not fill the memory. */
    private static final int MOST_SAMPLES = 600;

    private final Plugins plugins;
    private final InstantSource clock;
    private final ScheduledExecutorService working = threads("plugin-change");
    private final ScheduledExecutorService watching = threads("plugin-change-watch");
    private final Deque<Change> changes = new ArrayDeque<>(); // newest first; guarded by this
    private long started; // guarded by this

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the process, and says itself what fails
    public PluginChanges(Plugins plugins, InstantSource clock) {
        this.plugins = plugins;
        this.clock = clock;
        watching.scheduleWithFixedDelay(this::sample, SAMPLE_EVERY_MS, SAMPLE_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService threads(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins a change and answers at once.
     *
     * @param work makes the change; what it throws is its failure
     */
    PluginChange start(Request request, Runnable work) {
        Change change;
        synchronized (this) {
            change = new Change("change-" + ++started, request, clock.instant());
            changes.addFirst(change);
            while (changes.size() > MOST) {
                changes.removeLast();
            }
        }
        change.add(sampleOf(request.plugin()));
        PluginChange queued = change.view();
        working.execute(() -> run(change, work));
        return queued;
    }

    private void run(Change change, Runnable work) {
        change.status(RunStatus.RUNNING, null, null);
        try {
            work.run();
            change.status(RunStatus.COMPLETED, null, clock.instant());
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.WARNING, e, () -> "plugin " + change.request.plugin() + ": " + e.getMessage());
            change.status(RunStatus.FAILED, e, clock.instant());
        }
        change.add(sampleOf(change.request.plugin()));
    }

    /** Newest first. */
    synchronized List<PluginChange> list() {
        return changes.stream().map(Change::view).toList();
    }

    PluginChange change(String id) {
        return list().stream()
                .filter(change -> change.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND,
                        Reason.of(
                                "plugin-change-unknown",
                                "plugin change '{0}'; the last {1} since the server's start are known",
                                id,
                                MOST)));
    }

    private void sample() {
        try {
            Instant now = clock.instant();
            List<Change> watched;
            synchronized (this) {
                watched =
                        changes.stream().filter(change -> change.watchedAt(now)).toList();
            }
            watched.forEach(change -> change.add(sampleOf(change.request.plugin())));
        } catch (RuntimeException e) { // else the executor would never sample again
            LOG.log(Level.WARNING, e, () -> "calls of a plugin cannot be sampled: " + e.getMessage());
        }
    }

    private PluginChange.Sample sampleOf(String plugin) {
        List<PluginCalls> own = plugins.calls().stream()
                .filter(calls -> calls.id().equals(plugin))
                .toList();
        return new PluginChange.Sample(clock.instant(), own);
    }

    @Override
    public void close() {
        working.shutdown();
        watching.shutdownNow();
    }

    /** What shall be changed; the components are those of {@link PluginChange}. */
    record Request(
            String action,
            String plugin,
            @Nullable String fromVersion,
            String toVersion,
            @Nullable String mode) {}

    private static final class Change {
        private final String id;
        private final Request request;
        private final Instant startedAt;
        private final List<PluginChange.Sample> samples = new ArrayList<>(); // guarded by this, as all below
        private RunStatus status = RunStatus.QUEUED;
        private @Nullable Instant endedAt;
        private @Nullable Throwable failure;

        Change(String id, Request request, Instant startedAt) {
            this.id = id;
            this.request = request;
            this.startedAt = startedAt;
        }

        synchronized void status(RunStatus now, @Nullable Throwable reason, @Nullable Instant ended) {
            status = now;
            failure = reason;
            endedAt = ended;
        }

        synchronized void add(PluginChange.Sample sample) {
            if (samples.size() < MOST_SAMPLES) {
                samples.add(sample);
            }
        }

        synchronized boolean watchedAt(Instant now) {
            return endedAt == null || endedAt.plus(WATCHED_AFTERWARDS).isAfter(now);
        }

        synchronized PluginChange view() {
            Throwable reason = failure;
            ControlRoomException known = reason instanceof ControlRoomException thrown ? thrown : null;
            List<Problem> problems = known == null ? List.of() : known.problems();
            return new PluginChange(
                    id,
                    request.action(),
                    request.plugin(),
                    request.fromVersion(),
                    request.toVersion(),
                    request.mode(),
                    status,
                    startedAt,
                    endedAt,
                    reason == null ? null : (known == null ? ErrorCode.INTERNAL : known.code()).name(),
                    reason == null ? null : String.valueOf(reason.getMessage()),
                    problems,
                    samples);
        }
    }
}
