package org.controlroom.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.controlroom.core.port.CronExpressions.CronExpression;

/**
 * The instants that a cron expression means in a time zone. A time of day that the clocks skip is due when they have
 * been moved; one that they repeat is due the first time. An expression for every hour follows the hours as they pass
 * instead: it is due in both of a repeated hour, and in none that is skipped.
 */
public final class FireTimes {

    private static final Duration AROUND = Duration.ofDays(2);

    private final CronExpression cron;
    private final ZoneId zone;
    private final ZoneRules rules;

    public FireTimes(CronExpression cron, ZoneId zone) {
        this.cron = cron;
        this.zone = zone;
        this.rules = zone.getRules();
    }

    /** The first instant after this one; empty when there is none within ten years. */
    public Optional<Instant> next(Instant after) {
        Duration moved = movedAround(after);
        LocalDateTime here = LocalDateTime.ofInstant(after, zone);
        LocalDateTime time = here.minus(moved);
        Instant best = null;
        while (true) {
            Optional<LocalDateTime> next = cron.nextAfter(time);
            if (next.isEmpty()) {
                return Optional.ofNullable(best);
            }
            time = next.get();
            for (Instant instant : instants(time)) {
                if (instant.isAfter(after) && (best == null || instant.isBefore(best))) {
                    best = instant;
                }
            }
            // Where clocks are moved, the order of the clocks is not that of the instants.
            if (best != null
                    && !time.isBefore(LocalDateTime.ofInstant(best, zone).plus(moved))) {
                return Optional.of(best);
            }
            if (best != null && moved.isZero()) {
                return Optional.of(best);
            }
        }
    }

    /** The next instants, at most so many. */
    public List<Instant> next(Instant after, int count) {
        List<Instant> all = new ArrayList<>();
        Instant last = after;
        while (all.size() < count) {
            Optional<Instant> next = next(last);
            if (next.isEmpty()) {
                break;
            }
            last = next.get();
            all.add(last);
        }
        return all;
    }

    private List<Instant> instants(LocalDateTime time) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        if (offsets.isEmpty()) {
            return cron.everyHour()
                    ? List.of()
                    : List.of(rules.getTransition(time).getInstant());
        }
        return offsets.stream()
                .limit(cron.everyHour() ? 2 : 1)
                .map(offset -> time.toInstant(offset))
                .toList();
    }

    /** By how much clocks are moved near an instant; zero where they are not. */
    private Duration movedAround(Instant instant) {
        ZoneOffsetTransition before = rules.previousTransition(instant.plus(AROUND));
        return before != null && before.getInstant().isAfter(instant.minus(AROUND))
                ? before.getDuration().abs()
                : Duration.ZERO;
    }
}
