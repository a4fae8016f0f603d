package org.controlroom.registry.mlflow;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.ListMistakes;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * A question for runs in the language of MLflow's search. What that language cannot say, as a quote inside a quoted value,
 * stays out of the filter; {@link #matches} decides about each run either way.
 */
final class RunSearch {

    private static final List<String> FIXED = List.of("started_at", "name", "status");

    private static final List<String> SORTS =
            List.of("started_at", "name", "status", "metrics.<key>", "parameters.<key>");
    private static final List<String> FILTERS = List.of(
            "experiment",
            "status",
            "name",
            "started_after",
            "started_before",
            "parameters.<key>",
            "tags.<key>",
            "min_metrics.<key>",
            "max_metrics.<key>");

    private final List<String> conditions = new ArrayList<>();
    private Predicate<ExperimentRun> matches = run -> true;
    private @Nullable String experiment;
    private final List<String> order;
    private final ListMistakes mistakes = new ListMistakes("runs");

    /** @throws org.controlroom.spi.ControlRoomException INVALID_INPUT naming all that is unknown or no value */
    RunSearch(PageRequest request) {
        request.filters().forEach((field, value) -> mistakes.read(field, () -> filter(field, value)));
        order = order(request.sort());
        mistakes.checkLimit(request);
        mistakes.refuseAny();
    }

    /** Name of the only experiment to look in; null for all. */
    @Nullable String experiment() {
        return experiment;
    }

    String filter() {
        return String.join(" AND ", conditions);
    }

    List<String> order() {
        return order;
    }

    boolean matches(ExperimentRun run) {
        return matches.test(run);
    }

    /** @return the field */
    private String filter(String field, String value) {
        switch (field) {
            case "experiment" -> experiment = value;
            case "status" -> {
                RunStatus status = status(value);
                condition("attributes.status", "=", MlflowRuns.statusOf(status).name());
                keep(run -> run.status() == status);
            }
            case "name" -> {
                condition("attributes.run_name", "ILIKE", "%" + value + "%");
                String wanted = value.toLowerCase(Locale.ROOT);
                keep(run -> run.name().toLowerCase(Locale.ROOT).contains(wanted));
            }
            case "started_after" -> {
                Instant time = instant(field, value);
                conditions.add("attributes.start_time >= " + time.toEpochMilli());
                keep(run -> !run.startedAt().isBefore(time));
            }
            case "started_before" -> {
                Instant time = instant(field, value);
                conditions.add("attributes.start_time <= " + time.toEpochMilli());
                keep(run -> run.startedAt().isBefore(time));
            }
            default -> keyed(field, value);
        }
        return field;
    }

    private void keyed(String field, String value) {
        int dot = field.indexOf('.');
        String key = field.substring(dot + 1);
        switch (dot < 0 || key.isEmpty() ? "" : field.substring(0, dot)) {
            case "parameters" -> {
                keyedCondition("params", key, "=", value);
                keep(run -> value.equals(run.parameters().get(key)));
            }
            case "tags" -> {
                keyedCondition("tags", key, "=", value);
                keep(run -> value.equals(run.tags().get(key)));
            }
            case "min_metrics" -> {
                double least = decimal(field, value);
                metricCondition(key, ">=", least);
                keep(run -> run.metrics().getOrDefault(key, Double.NaN) >= least);
            }
            case "max_metrics" -> {
                double most = decimal(field, value);
                metricCondition(key, "<=", most);
                keep(run -> run.metrics().getOrDefault(key, Double.NaN) <= most);
            }
            default -> mistakes.unknownFilter(field, FILTERS);
        }
    }

    private void keep(Predicate<ExperimentRun> also) {
        matches = matches.and(also);
    }

    private void condition(String field, String operator, String value) {
        if (canBeQuoted(value)) {
            conditions.add(field + " " + operator + " '" + value + "'");
        }
    }

    private void keyedCondition(String kind, String key, String operator, String value) {
        if (canBeQuoted(key)) {
            condition(kind + ".`" + key + "`", operator, value);
        }
    }

    private void metricCondition(String key, String operator, double value) {
        if (canBeQuoted(key)) {
            conditions.add("metrics.`" + key + "` " + operator + " " + value);
        }
    }

    private static boolean canBeQuoted(String text) {
        return text.chars().noneMatch(c -> c < ' ' || c == '\'' || c == '"' || c == '`' || c == '\\');
    }

    private List<String> order(@Nullable String sort) {
        if (sort == null) {
            return List.of("attributes.start_time DESC");
        }
        boolean descending = sort.startsWith("-");
        String field = descending ? sort.substring(1) : sort;
        int dot = field.indexOf('.');
        String key = field.substring(dot + 1);
        boolean keyed = dot > 0 && !key.isEmpty() && canBeQuoted(key);
        String column;
        if (FIXED.contains(field)) {
            column = "attributes."
                    + switch (field) {
                        case "started_at" -> "start_time";
                        case "name" -> "run_name";
                        default -> field;
                    };
        } else if (keyed && field.startsWith("metrics.")) {
            column = "metrics.`" + key + "`";
        } else if (keyed && field.startsWith("parameters.")) {
            column = "params.`" + key + "`";
        } else {
            mistakes.unknownSort(sort, SORTS);
            return List.of();
        }
        return List.of(column + (descending ? " DESC" : " ASC"));
    }

    private static RunStatus status(String text) {
        try {
            return RunStatus.of(text);
        } catch (IllegalArgumentException e) {
            throw ListMistakes.wrong(ListMistakes.status(text), e);
        }
    }

    private static Instant instant(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ListMistakes.wrong(ListMistakes.time(field, text), e);
        }
    }

    private static double decimal(String field, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers that are not finite
        }
        throw ListMistakes.wrong(ListMistakes.number(field, text), null);
    }
}
