package org.controlroom.core.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.model.ScheduledFire;
import org.controlroom.core.port.CronExpressions;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.Schedules;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * Starts what is due. Called every few seconds on every node that runs pipelines; however many call it at once, a fire
 * time has one run: fire times are decided on by one node, and a run carries the fire time as its key.
 */
public final class RunSchedules {

    private final Schedules schedules;
    private final CronExpressions crons;
    private final Pipelines pipelines;
    private final RunHistory history;
    private final Telemetry telemetry;
    private final InstantSource clock;

    public RunSchedules(
            Schedules schedules,
            CronExpressions crons,
            Pipelines pipelines,
            RunHistory history,
            Telemetry telemetry,
            InstantSource clock) {
        this.schedules = schedules;
        this.crons = crons;
        this.pipelines = pipelines;
        this.history = history;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /**
     * Decides on what has become due and starts what waits. What goes wrong with one schedule does not keep the others.
     *
     * @return what went wrong, in words; empty when nothing did
     * @throws ControlRoomException when the schedules cannot be read
     */
    public List<String> tick() {
        List<String> problems = new ArrayList<>();
        Map<String, Schedule> byName = new TreeMap<>();
        schedules.all().forEach(schedule -> byName.put(schedule.name(), schedule));
        Map<String, Long> waiting = schedules.waiting().stream()
                .collect(Collectors.groupingBy(ScheduledFire::schedule, Collectors.counting()));
        for (Schedule schedule : byName.values()) {
            attempt(
                    "schedule " + schedule.name(),
                    problems,
                    () -> decide(
                            schedule, waiting.getOrDefault(schedule.name(), 0L).intValue()));
        }
        Set<String> tried = new HashSet<>();
        for (ScheduledFire fire : schedules.waiting()) {
            Schedule schedule = byName.get(fire.schedule());
            // Fire times of one schedule have their runs in order.
            if (schedule != null && tried.add(fire.schedule())) {
                attempt(
                        "schedule " + fire.schedule() + ", fire time " + fire.fireTime(),
                        problems,
                        () -> launch(schedule, fire));
            }
        }
        return problems;
    }

    private static void attempt(String what, List<String> problems, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            problems.add(what + ": " + e.getMessage());
        }
    }

    private void decide(Schedule schedule, int waiting) {
        Instant now = clock.instant();
        if (!schedule.enabled() || !now.isAfter(schedule.decidedUntil())) {
            return;
        }
        FireTimes times = new FireTimes(crons.parse(schedule.cron()), ZoneId.of(schedule.zone()));
        List<Schedules.Decided> decided = DueFires.decide(schedule, times, now, waiting);
        if (decided.isEmpty() || !schedules.decide(schedule.name(), schedule.decidedUntil(), now, decided)) {
            return;
        }
        decided.stream()
                .filter(fire -> fire.status() != ScheduledFire.Status.WAITING)
                .forEach(fire ->
                        telemetry.scheduleFired(schedule.name(), fire.status().text()));
    }

    private void launch(Schedule schedule, ScheduledFire fire) {
        try {
            PipelineRun run = pipelines.start(
                    schedule.pipeline(), schedule.parameters(), RunOrigin.scheduled(schedule.name(), fire.fireTime()));
            settle(fire, ScheduledFire.Status.STARTED, run.id(), "");
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                overlap(schedule, fire, String.valueOf(e.getMessage()));
            } else if (e.code().kind() == ErrorKind.DEPENDENCY || e.code().kind() == ErrorKind.CAPACITY) {
                // It is tried again at the next tick.
                throw e;
            } else {
                settle(fire, ScheduledFire.Status.FAILED, null, String.valueOf(e.getMessage()));
            }
        }
    }

    private void overlap(Schedule schedule, ScheduledFire fire, String conflict) {
        // What is made up for was to run one after the other, whatever the schedule wants of its other fire times.
        if (fire.late() || schedule.overlap() == Schedule.Overlap.QUEUE) {
            wait(fire, conflict);
        } else if (schedule.overlap() == Schedule.Overlap.FAIL) {
            settle(fire, ScheduledFire.Status.FAILED, null, conflict);
        } else {
            openRun(schedule.pipeline()).ifPresent(run -> pipelines.cancel(run.id()));
            wait(fire, "cancelled the run before this; " + conflict);
        }
    }

    private void wait(ScheduledFire fire, String reason) {
        if (!fire.reason().equals(reason)) {
            schedules.settle(fire.id(), ScheduledFire.Status.WAITING, null, reason);
        }
    }

    private void settle(ScheduledFire fire, ScheduledFire.Status status, @Nullable String runId, String reason) {
        schedules.settle(fire.id(), status, runId, reason);
        telemetry.scheduleFired(fire.schedule(), status.text());
    }

    private Optional<PipelineRun> openRun(String pipeline) {
        for (RunStatus status : List.of(RunStatus.RUNNING, RunStatus.QUEUED)) {
            TreeMap<String, String> filters = new TreeMap<>(Map.of("pipeline", pipeline, "status", status.text()));
            List<PipelineRun> open =
                    history.runs(new PageRequest(filters, null, null, 1)).items();
            if (!open.isEmpty()) {
                return Optional.of(open.get(0));
            }
        }
        return Optional.empty();
    }

    /** How each schedule stands, for the figures. */
    public List<Standing> standings() {
        List<Standing> all = new ArrayList<>();
        for (Schedule schedule : schedules.all()) {
            Optional<Instant> next = schedule.enabled()
                    ? new FireTimes(crons.parse(schedule.cron()), ZoneId.of(schedule.zone()))
                            .next(schedule.decidedUntil())
                    : Optional.empty();
            Optional<Schedules.Last> last = schedules.last(schedule.name());
            all.add(new Standing(
                    schedule.name(),
                    next,
                    last.map(newest -> newest.fire().fireTime()),
                    schedules.lastSuccess(schedule.name()),
                    last.map(Schedules.Last::failed).orElse(false)));
        }
        return all;
    }

    /**
     * How one schedule stands.
     *
     * @param next the first fire time that is not decided on; empty while it is not enabled. In the past when nobody
     *     looks after the schedules
     * @param lastFire the newest time that was due
     * @param lastSuccess when its last completed run ended
     * @param failed whether its last fire time had no run, or one that failed
     */
    public record Standing(
            String name,
            Optional<Instant> next,
            Optional<Instant> lastFire,
            Optional<Instant> lastSuccess,
            boolean failed) {}
}
