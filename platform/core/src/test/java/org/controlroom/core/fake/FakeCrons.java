package org.controlroom.core.fake;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.controlroom.core.port.CronExpressions;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Knows {@code HH:MM} for every day and {@code *:MM} for every hour. */
public final class FakeCrons implements CronExpressions {

    @Override
    public CronExpression parse(String text) {
        if (!text.matches("([0-9]{2}|\\*):[0-9]{2}")) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "must be HH:MM or *:MM");
        }
        int minute = Integer.parseInt(text.substring(text.length() - 2));
        boolean everyHour = text.startsWith("*");
        int hour = everyHour ? 0 : Integer.parseInt(text.substring(0, 2));
        return new CronExpression() {
            @Override
            public Optional<LocalDateTime> nextAfter(LocalDateTime time) {
                LocalDateTime next = (everyHour ? time : time.withHour(hour))
                        .withMinute(minute)
                        .withSecond(0)
                        .withNano(0);
                if (!next.isAfter(time)) {
                    next = everyHour ? next.plusHours(1) : next.plusDays(1);
                }
                return Optional.of(next);
            }

            @Override
            public boolean everyHour() {
                return everyHour;
            }

            @Override
            public String describe(Locale locale) {
                return locale.getLanguage() + " " + text;
            }
        };
    }
}
