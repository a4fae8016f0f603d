package org.controlroom.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire.Status;
import org.controlroom.core.port.Schedules.Decided;

/** Decides what becomes of the fire times of a schedule that have passed since it was last looked at. */
public final class DueFires {

    /** A fire time that is found this much later is on time: a server may have been starting. */
    public static final Duration ON_TIME = Duration.ofMinutes(2);

    /** Fire times that are remembered and made up for, at most; older ones are passed over. */
    public static final int MOST = 100;

    /** After so many fire times only those of the last day are looked at: they come every few minutes. */
    private static final int MOST_COUNTED = 50_000;

    private DueFires() {}

    /**
     * The fire times in {@code (schedule.decidedUntil(), now]}, at most {@link #MOST}, in order.
     *
     * @param waiting how many of the schedule wait for their run already
     */
    public static List<Decided> decide(Schedule schedule, FireTimes times, Instant now, int waiting) {
        List<Instant> passed = passed(schedule.decidedUntil(), times, now);
        List<Decided> decided = new ArrayList<>();
        int room = MOST - waiting;
        for (int i = 0; i < passed.size(); i++) {
            Instant fireTime = passed.get(i);
            boolean last = i == passed.size() - 1;
            boolean late = fireTime.isBefore(now.minus(ON_TIME));
            boolean runs = switch (schedule.misfire()) {
                case ALL -> true;
                case LAST -> last;
                case NONE -> !late;
            };
            if (!runs) {
                decided.add(new Decided(fireTime, Status.MISSED, late, missed(schedule)));
            } else if (room-- > 0) {
                decided.add(new Decided(fireTime, Status.WAITING, late, ""));
            } else {
                decided.add(new Decided(
                        fireTime,
                        Status.FAILED,
                        late,
                        MOST + " fire times of this schedule wait for their run already"));
            }
        }
        return decided;
    }

    private static String missed(Schedule schedule) {
        return schedule.misfire() == Schedule.Misfire.NONE
                ? "no node ran pipelines then, and the schedule makes up for nothing"
                : "no node ran pipelines then, and the schedule makes up for the last one only";
    }

    private static List<Instant> passed(Instant from, FireTimes times, Instant now) {
        Deque<Instant> newest = new ArrayDeque<>();
        Instant at = from;
        for (int counted = 1; ; counted++) {
            Optional<Instant> next = times.next(at);
            if (next.isEmpty() || next.get().isAfter(now)) {
                return List.copyOf(newest);
            }
            at = next.get();
            newest.add(at);
            if (newest.size() > MOST) {
                newest.remove();
            }
            if (counted == MOST_COUNTED && at.isBefore(now.minus(Duration.ofDays(1)))) {
                at = now.minus(Duration.ofDays(1));
            }
        }
    }
}
