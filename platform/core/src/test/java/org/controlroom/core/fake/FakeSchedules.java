package org.controlroom.core.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.controlroom.core.port.Schedules;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Schedules in memory. */
public final class FakeSchedules implements Schedules {

    private final Map<String, Schedule> schedules = new TreeMap<>();
    public final List<ScheduledFire> fires = new ArrayList<>();

    @Override
    public List<Schedule> all() {
        return List.copyOf(schedules.values());
    }

    @Override
    public Schedule schedule(String name) {
        return Optional.ofNullable(schedules.get(name))
                .orElseThrow(() -> new ControlRoomException(ErrorCode.NOT_FOUND, "schedule " + name));
    }

    @Override
    public void create(Schedule schedule) {
        if (schedules.putIfAbsent(schedule.name(), schedule) != null) {
            throw new ControlRoomException(ErrorCode.CONFLICT, "schedule " + schedule.name());
        }
    }

    @Override
    public void replace(Schedule schedule) {
        schedule(schedule.name());
        schedules.put(schedule.name(), schedule);
    }

    @Override
    public void remove(String name) {
        schedules.remove(name);
    }

    @Override
    public boolean decide(String name, Instant from, Instant until, List<Decided> decided) {
        Schedule s = schedule(name);
        if (!s.decidedUntil().equals(from)) {
            return false;
        }
        schedules.put(name, s.enabled(s.enabled(), until));
        decided.forEach(fire -> fires.add(new ScheduledFire(
                fires.size() + 1, name, fire.fireTime(), fire.status(), fire.late(), null, fire.reason())));
        return true;
    }

    @Override
    public List<ScheduledFire> waiting() {
        return fires.stream()
                .filter(fire -> fire.status() == ScheduledFire.Status.WAITING)
                .toList();
    }

    @Override
    public void settle(long fireId, ScheduledFire.Status status, String runId, String reason) {
        fires.replaceAll(fire -> fire.id() != fireId
                ? fire
                : new ScheduledFire(fireId, fire.schedule(), fire.fireTime(), status, fire.late(), runId, reason));
    }

    @Override
    public void startedByHand(String name, Instant now, String runId) {
        fires.add(
                new ScheduledFire(fires.size() + 1, name, now, ScheduledFire.Status.STARTED, false, runId, "by hand"));
    }

    @Override
    public Page<ScheduledFire> fires(PageRequest request) {
        return new Page<>(fires, null);
    }

    @Override
    public Optional<Last> last(String name) {
        return fires.stream()
                .filter(fire -> fire.schedule().equals(name) && fire.status() != ScheduledFire.Status.WAITING)
                .reduce((first, second) -> second)
                .map(fire -> new Last(fire, fire.runId() == null ? null : "completed"));
    }

    @Override
    public Optional<Instant> lastSuccess(String name) {
        return Optional.empty();
    }
}
