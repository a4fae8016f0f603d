package org.controlroom.core.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.Schedule;
import org.controlroom.core.port.CronExpressions;
import org.controlroom.core.port.CronExpressions.CronExpression;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.Schedules;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** Makes, changes, shows and removes schedules at run time. */
public final class EditSchedules {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?");
    private static final int SHOWN_TIMES = 5;

    private final Schedules schedules;
    private final CronExpressions crons;
    private final Pipelines pipelines;
    private final InstantSource clock;

    public EditSchedules(Schedules schedules, CronExpressions crons, Pipelines pipelines, InstantSource clock) {
        this.schedules = schedules;
        this.crons = crons;
        this.pipelines = pipelines;
        this.clock = clock;
    }

    /**
     * A schedule as somebody wants it; what is null keeps its value or takes its default.
     *
     * @param misfire name of a {@link Schedule.Misfire}, in any case
     * @param overlap name of a {@link Schedule.Overlap}, in any case
     */
    public record Wish(
            @Nullable String pipeline,
            @Nullable Map<String, String> parameters,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable Boolean enabled,
            @Nullable String misfire,
            @Nullable String overlap) {}

    /**
     * What an expression means.
     *
     * @param description in words
     * @param nextTimes the next five, from now on
     */
    public record Preview(String cron, String zone, String description, List<Instant> nextTimes) {
        public Preview {
            nextTimes = List.copyOf(nextTimes);
        }
    }

    /** @throws ControlRoomException INVALID_INPUT naming all mistakes, CONFLICT when there is one of this name */
    public Schedule create(String name, Wish wish) {
        List<Problem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add(new Problem(
                    "name",
                    Reason.of(
                            "schedule-name",
                            "'{0}'; must be 1 to 100 lower-case letters, digits and hyphens, no hyphen at an end",
                            name)));
        }
        Schedule schedule = merged(name, wish, null, problems);
        schedules.create(schedule);
        return schedules.schedule(name);
    }

    /** @throws ControlRoomException INVALID_INPUT naming all mistakes, NOT_FOUND */
    public Schedule change(String name, Wish wish) {
        Schedule before = schedules.schedule(name);
        schedules.replace(merged(name, wish, before, new ArrayList<>()));
        return schedules.schedule(name);
    }

    private Schedule merged(String name, Wish wish, @Nullable Schedule before, List<Problem> problems) {
        String pipeline = wish.pipeline() != null ? wish.pipeline() : before == null ? "" : before.pipeline();
        List<String> known =
                pipelines.pipelines().stream().map(Pipelines.Description::name).toList();
        if (!known.contains(pipeline)) {
            problems.add(new Problem("pipeline", Reason.of("one-of", "'{0}'; must be one of {1}", pipeline, known)));
        }
        Map<String, String> parameters =
                wish.parameters() != null ? wish.parameters() : before == null ? Map.of() : before.parameters();
        parameters.forEach((key, value) -> {
            if (value == null) {
                problems.add(new Problem("parameters." + key, "is null; must be a text, a number or a boolean"));
            }
        });
        String cron = wish.cron() != null ? wish.cron().strip() : before == null ? "" : before.cron();
        cron(cron, problems);
        String zone = wish.zone() != null ? wish.zone().strip() : before == null ? "UTC" : before.zone();
        zone(zone, problems);
        boolean enabled = wish.enabled() != null ? wish.enabled() : before == null || before.enabled();
        Schedule.Misfire misfire = policy(
                "misfire",
                wish.misfire(),
                before == null ? Schedule.Misfire.LAST : before.misfire(),
                Schedule.Misfire.values(),
                problems);
        Schedule.Overlap overlap = policy(
                "overlap",
                wish.overlap(),
                before == null ? Schedule.Overlap.QUEUE : before.overlap(),
                Schedule.Overlap.values(),
                problems);
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "schedule " + name, problems);
        }
        boolean sameTimes = before != null
                && before.cron().equals(cron)
                && before.zone().equals(zone)
                && before.enabled() == enabled;
        Instant decidedUntil = before != null && sameTimes ? before.decidedUntil() : clock.instant();
        return new Schedule(
                name, pipeline, new TreeMap<>(parameters), cron, zone, enabled, misfire, overlap, decidedUntil);
    }

    private static <E extends Enum<E>> E policy(
            String field, @Nullable String text, E otherwise, E[] values, List<Problem> problems) {
        if (text == null) {
            return otherwise;
        }
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text.strip())) {
                return value;
            }
        }
        problems.add(new Problem(field, Reason.of("one-of", "'{0}'; must be one of {1}", text, List.of(values))));
        return otherwise;
    }

    private Optional<CronExpression> cron(String text, List<Problem> problems) {
        try {
            return Optional.of(crons.parse(text));
        } catch (ControlRoomException e) {
            problems.add(new Problem("cron", Reason.of("cron", "'{0}'; {1}", text, e.getMessage())));
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(String text, List<Problem> problems) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            problems.add(new Problem(
                    "zone", Reason.of("zone", "'{0}'; must be a time zone such as UTC or Europe/Paris", text)));
            return Optional.empty();
        }
    }

    /** @throws ControlRoomException INVALID_INPUT naming all mistakes */
    public Preview preview(String cron, String zone, Locale locale) {
        List<Problem> problems = new ArrayList<>();
        Optional<CronExpression> expression = cron(cron, problems);
        Optional<ZoneId> id = zone(zone, problems);
        if (expression.isEmpty() || id.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "query", problems);
        }
        return new Preview(
                cron,
                zone,
                expression.get().describe(locale),
                new FireTimes(expression.get(), id.get()).next(clock.instant(), SHOWN_TIMES));
    }

    /**
     * Does not wait for the schedule.
     *
     * @throws ControlRoomException as {@link Pipelines#start}, NOT_FOUND
     */
    public PipelineRun runNow(String name) {
        Schedule schedule = schedules.schedule(name);
        PipelineRun run = pipelines.start(schedule.pipeline(), schedule.parameters(), RunOrigin.byHand(name));
        schedules.startedByHand(name, clock.instant(), run.id());
        return run;
    }

    /** No error when there is none. */
    public void remove(String name) {
        schedules.remove(name);
    }
}
