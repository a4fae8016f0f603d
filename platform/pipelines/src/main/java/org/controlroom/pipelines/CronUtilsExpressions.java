package org.controlroom.pipelines;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.controlroom.core.port.CronExpressions;
import org.controlroom.pipelines.internal.CronWords;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Cron expressions as Unix has them, read by cron-utils. It only ever sees clocks that are not moved: what daylight
 * saving does to fire times is a rule of ours.
 */
public final class CronUtilsExpressions implements CronExpressions {

    private static final int MAX_LENGTH = 200;
    private static final int MAX_KEPT = 1_000;
    private static final int HORIZON_YEARS = 10;
    private static final String HELP =
            "must be five fields: minute hour day-of-month month day-of-week," + " for example 0 9 * * 1-5";

    private final CronDefinition definition = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    private final Map<String, CronExpression> known = new ConcurrentHashMap<>();

    @Override
    public CronExpression parse(String text) {
        CronExpression before = known.get(text);
        if (before != null) {
            return before;
        }
        CronExpression read = read(text);
        if (known.size() < MAX_KEPT) {
            known.put(text, read);
        }
        return read;
    }

    private CronExpression read(String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw refused(text.isBlank() ? "is empty" : "is longer than " + MAX_LENGTH + " characters");
        }
        Cron cron;
        try {
            // The parser keeps state while it reads.
            cron = new CronParser(definition).parse(text);
            cron.validate();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw refused(
                    message.replace("Failed to parse cron expression. ", "").replaceFirst("\\.$", ""));
        }
        Read expression = new Read(ExecutionTime.forCron(cron), text.strip().split("\\s+"));
        if (expression.nextAfter(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
            throw refused("no day is like that");
        }
        return expression;
    }

    private static ControlRoomException refused(String why) {
        return new ControlRoomException(ErrorCode.INVALID_INPUT, why + "; " + HELP);
    }

    /** @param fields texts of the five */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Read(ExecutionTime times, String[] fields) implements CronExpression {

        @Override
        public Optional<LocalDateTime> nextAfter(LocalDateTime time) {
            return times.nextExecution(ZonedDateTime.of(time, ZoneOffset.UTC))
                    .map(ZonedDateTime::toLocalDateTime)
                    .filter(next -> next.isBefore(time.plusYears(HORIZON_YEARS)));
        }

        @Override
        public boolean everyHour() {
            return fields[1].equals("*") || fields[1].equals("*/1");
        }

        @Override
        public String describe(Locale locale) {
            return CronWords.in(locale).describe(fields);
        }
    }
}
