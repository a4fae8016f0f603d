package org.controlroom.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.controlroom.core.model.PipelineRun.Step;
import org.jspecify.annotations.Nullable;

/**
 * Last reported position of running steps, so that the table is written twice a second at most while readers in this
 * process see the newest. Thread-safe.
 */
final class StepProgress {

    private static final long WRITE_EVERY_MS = 500;

    private final ConcurrentMap<Key, Position> positions = new ConcurrentHashMap<>();

    /** Remembers a position. @return whether it is time to write it */
    boolean report(long run, String step, String what, long done, long total, long nowMs) {
        Position position = positions.compute(
                new Key(run, step),
                (key, last) -> new Position(
                        what,
                        done,
                        total,
                        last == null || nowMs - last.writtenMs >= WRITE_EVERY_MS ? nowMs : last.writtenMs,
                        last == null || nowMs - last.writtenMs >= WRITE_EVERY_MS));
        return position.write;
    }

    /** The last position of a step, which is forgotten; null when none was reported. */
    @Nullable Position take(long run, String step) {
        return positions.remove(new Key(run, step));
    }

    /** The step with its newest position. */
    Step newest(long run, Step step) {
        Position position = positions.get(new Key(run, step.name()));
        return position == null
                ? step
                : new Step(
                        step.name(),
                        step.status(),
                        step.attempts(),
                        position.what,
                        position.done,
                        position.total,
                        step.startedAt(),
                        step.endedAt());
    }

    private record Key(long run, String step) {}

    /** @param write whether the report that made it was to be written */
    record Position(String what, long done, long total, long writtenMs, boolean write) {}
}
