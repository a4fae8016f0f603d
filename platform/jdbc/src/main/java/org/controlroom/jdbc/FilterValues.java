package org.controlroom.jdbc;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** How the text of a filter becomes the value to compare with. */
public final class FilterValues {

    private FilterValues() {}

    /** The text itself. */
    public static Object text(String text) {
        return text;
    }

    /** A status of a run, in lower case as tables keep it. */
    public static Object status(String text) {
        try {
            return RunStatus.of(text).text();
        } catch (IllegalArgumentException e) {
            throw wrong(
                    "status",
                    e,
                    Reason.of("filter-status", "'{0}'; must be queued, running, completed, failed or cancelled", text));
        }
    }

    /** A whole number. */
    public static Function<String, Object> integer(String field) {
        return text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw wrong(field, e, Reason.of("filter-whole", "'{0}'; must be a whole number", text));
            }
        };
    }

    /** A finite number. */
    public static Function<String, Object> decimal(String field) {
        return text -> {
            try {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw notDecimal(field, text, e);
            }
            throw notDecimal(field, text, null);
        };
    }

    /** A time as {@code 2026-11-23T10:00:00Z}. */
    public static Function<String, Object> instant(String field) {
        return text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw wrong(field, e, Reason.of("filter-time", "'{0}'; must be a time as 2026-11-23T10:00:00Z", text));
            }
        };
    }

    /**
     * A pattern for {@code LOWER(column) LIKE ? ESCAPE '!'} that finds the text anywhere, ignoring case.
     */
    public static Object anywhere(String text) {
        String escaped = text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return '%' + escaped + '%';
    }

    private static ControlRoomException notDecimal(String field, String text, @Nullable Throwable cause) {
        return wrong(field, cause, Reason.of("filter-number", "'{0}'; must be a finite number", text));
    }

    private static ControlRoomException wrong(String field, @Nullable Throwable cause, Reason reason) {
        ControlRoomException wrong =
                new ControlRoomException(ErrorCode.INVALID_INPUT, "query", List.of(new Problem(field, reason)));
        if (cause != null) {
            wrong.addSuppressed(cause);
        }
        return wrong;
    }
}
