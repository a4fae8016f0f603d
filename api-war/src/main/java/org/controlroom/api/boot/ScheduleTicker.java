package org.controlroom.api.boot;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.controlroom.core.schedule.RunSchedules;
import org.controlroom.telemetry.PrometheusTelemetry;
import org.controlroom.telemetry.ScheduleFigures;

/** Looks after the schedules every few seconds, in a thread of our own: the server's cron triggers may fire twice. */
final class ScheduleTicker {

    private static final Logger LOG = Logger.getLogger(ScheduleTicker.class.getName());
    private static final long EVERY_MS = 2_000;

    private final RunSchedules schedules;
    private final PrometheusTelemetry telemetry;

    /** What was said last, which is not said again every few seconds. */
    private List<String> problems = List.of();

    private ScheduleTicker(RunSchedules schedules, PrometheusTelemetry telemetry) {
        this.schedules = schedules;
        this.telemetry = telemetry;
    }

    static AutoCloseable start(RunSchedules schedules, PrometheusTelemetry telemetry) {
        ScheduleTicker ticker = new ScheduleTicker(schedules, telemetry);
        return Repeated.start("schedules", EVERY_MS, EVERY_MS, ticker::tick);
    }

    private void tick() {
        List<String> now;
        try {
            now = schedules.tick();
            telemetry.schedulesStand(schedules.standings().stream()
                    .map(standing -> new ScheduleFigures.Schedule(
                            standing.name(),
                            standing.next(),
                            standing.lastFire(),
                            standing.lastSuccess(),
                            standing.failed()))
                    .toList());
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "schedules", e);
            now = List.of(String.valueOf(e.getMessage()));
        }
        if (!now.equals(problems)) {
            now.forEach(problem -> LOG.warning("schedules: " + problem));
        }
        problems = now;
    }
}
