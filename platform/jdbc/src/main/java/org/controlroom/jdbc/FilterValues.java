package org.controlroom.jdbc;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.controlroom.core.model.ListMistakes;
import org.controlroom.core.model.RunStatus;

/** How the text of a filter becomes the value to compare with. */
public final class FilterValues {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

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
            throw ListMistakes.wrong(ListMistakes.status(text), e);
        }
    }

    /** A whole number of 32 bits. */
    public static Function<String, Object> integer(String field) {
        return text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw ListMistakes.wrong(
                        WHOLE.matcher(text).matches()
                                ? ListMistakes.range(field, text, Integer.MIN_VALUE, Integer.MAX_VALUE)
                                : ListMistakes.whole(field, text),
                        e);
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
                throw ListMistakes.wrong(ListMistakes.number(field, text), e);
            }
            throw ListMistakes.wrong(ListMistakes.number(field, text), null);
        };
    }

    /** A time as {@code 2026-11-23T10:00:00Z}. */
    public static Function<String, Object> instant(String field) {
        return text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw ListMistakes.wrong(ListMistakes.time(field, text), e);
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
}
