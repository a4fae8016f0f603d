package org.controlroom.core.port;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;

/** Reads cron expressions. Thread-safe. */
public interface CronExpressions {

    /**
     * Five fields: minute, hour, day of month, month, day of week.
     *
     * @throws org.controlroom.spi.ControlRoomException INVALID_INPUT saying what is wrong with it
     */
    CronExpression parse(String text);

    /** One expression, on clocks that are never moved. */
    interface CronExpression {

        /** The first time after this one; empty when there is none within ten years. */
        Optional<LocalDateTime> nextAfter(LocalDateTime time);

        /** Whether it follows the hours as they pass, because it names none in particular. */
        boolean everyHour();

        /** In words, for example {@code at 00:00 at Monday day}. */
        String describe(Locale locale);
    }
}
