package org.controlroom.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.jspecify.annotations.Nullable;

/** Schedules and what became of their fire times. Kept over restarts, shared by all nodes on one database. Thread-safe. */
public interface Schedules {

    /** By name, ascending. */
    List<Schedule> all();

    /** @throws org.controlroom.spi.ControlRoomException NOT_FOUND */
    Schedule schedule(String name);

    /** @throws org.controlroom.spi.ControlRoomException CONFLICT when there is one of this name */
    void create(Schedule schedule);

    /**
     * Changes all but the name.
     *
     * @throws org.controlroom.spi.ControlRoomException NOT_FOUND
     */
    void replace(Schedule schedule);

    /** Removes it and what it remembers of its fire times, not its runs. No error when there is none. */
    void remove(String name);

    /**
     * Writes down what becomes of the fire times up to an instant, if no other node has done so.
     *
     * @param from what {@link Schedule#decidedUntil()} was when this was decided
     * @return whether it was written; false when another node or a change of the schedule came first
     */
    boolean decide(String name, Instant from, Instant until, List<Decided> fires);

    /** Fire times that wait for their run, the oldest first. */
    List<ScheduledFire> waiting();

    /** What became of one that waited, or why it still waits. */
    void settle(long fireId, ScheduledFire.Status status, @Nullable String runId, String reason);

    /** Writes down a run that somebody started by hand. */
    void startedByHand(String name, Instant now, String runId);

    /** Newest first. Filters: {@code schedule}, {@code status}. */
    Page<ScheduledFire> fires(PageRequest request);

    /** The fire time that was decided on last and does not wait, with its run. */
    Optional<Last> last(String name);

    /** When the last run of this schedule that completed ended. */
    Optional<Instant> lastSuccess(String name);

    /** @param reason empty unless it is missed */
    record Decided(Instant fireTime, ScheduledFire.Status status, boolean late, String reason) {}

    /**
     * @param fire that was decided on last
     * @param runStatus of its run, in lower case; null when it has none
     */
    record Last(ScheduledFire fire, @Nullable String runStatus) {
        /** Whether somebody has to look. */
        public boolean failed() {
            return fire.status() == ScheduledFire.Status.FAILED || "failed".equals(runStatus);
        }
    }
}
