package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the training pages write figures, times and states. */
@Named("shown")
@RequestScoped
public class Shown {

    private static final int HASH_SHOWN = 12;

    /** Metrics of which there is one for each class, step or threshold. */
    private static final List<String> FAMILIES = List.of("f1_class_", "seconds_", "coverage_at_", "accuracy_at_");

    private static final Pattern OUTCOME_NUMBER = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");
    private static final Pattern SOLVER =
            Pattern.compile("training ([A-Z0-9_]+)(?: \\(stopped at ([0-9]+) iterations\\))?");
    private static final Pattern RUN = Pattern.compile("([a-z][a-z-]*) (run-[0-9]+)");

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    /** Colour of a badge for the status of a run or a step, or for a stage. */
    public String level(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "completed", "production", "active", "promoted", "better" -> "healthy";
            case "failed", "worse" -> "unhealthy";
            case "cancelled", "parked", "rejected", "staging", "held", "lost" -> "degraded";
            case "running" -> "running";
            default -> "neutral";
        };
    }

    /** A status or stage in the reader's language. */
    public String status(@Nullable String status) {
        return status == null || status.isEmpty()
                ? ""
                : web.textOr("status." + status.toLowerCase(Locale.ROOT), status);
    }

    /** Name of a parameter, metric or step for people. */
    public String name(String key) {
        for (String family : FAMILIES) {
            if (key.startsWith(family)) {
                String member = key.substring(family.length());
                return web.text("name." + family, family.equals("seconds_") ? name(member.replace('_', '-')) : member);
            }
        }
        return web.textOr("name." + key, key);
    }

    /** What a step is doing, in the reader's language where it is known; a plugin may say anything. */
    public String progress(@Nullable String what) {
        if (what == null || what.isEmpty()) {
            return "";
        }
        Matcher training = SOLVER.matcher(what);
        if (training.matches() && training.group(2) != null) {
            return web.text("progress.training.stopped", training.group(1), training.group(2));
        }
        return training.matches()
                ? web.text("progress.training", training.group(1))
                : web.textOr("progress." + what.replace(' ', '_'), what);
    }

    /** A figure with four digits behind the point; whole numbers as they are. */
    public String figure(@Nullable Double value) {
        if (value == null) {
            return "–";
        }
        NumberFormat format = NumberFormat.getNumberInstance(web.locale());
        boolean whole = value == Math.rint(value) && Math.abs(value) >= 2;
        format.setMinimumFractionDigits(whole ? 0 : 4);
        format.setMaximumFractionDigits(whole ? 0 : 4);
        return format.format(value);
    }

    /** The same of a figure that is kept as text; a dash when it is none. */
    public String figureText(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return figure(null);
        }
        try {
            return figure(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** What a run achieved: a number as this language writes it, with the digits that it was kept with; other text as it is. */
    public String outcome(String text) {
        return OUTCOME_NUMBER.matcher(text).matches() ? number(text, web.locale()) : text;
    }

    static String number(String text, Locale language) {
        int point = text.indexOf('.');
        int digits = point < 0 ? 0 : text.length() - point - 1;
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(new BigDecimal(text));
    }

    /** Page of the pipeline run that an actor of a deployment names; empty when it was somebody else. */
    public String runLink(String actor) {
        Matcher run = RUN.matcher(actor);
        return run.matches() ? TrainingPipelinePage.link(run.group(1), run.group(2)) : "";
    }

    /** What was done, as a sentence. */
    public String done(String action) {
        return web.textOr("done." + action, "");
    }

    /** A share of 0..1 as a percentage. */
    public String percent(double share) {
        NumberFormat format = NumberFormat.getPercentInstance(web.locale());
        format.setMaximumFractionDigits(1);
        return format.format(share);
    }

    /** A difference with its sign. */
    public String change(@Nullable Double difference) {
        if (difference == null) {
            return "–";
        }
        NumberFormat format = NumberFormat.getNumberInstance(web.locale());
        format.setMinimumFractionDigits(4);
        format.setMaximumFractionDigits(4);
        String text = format.format(Math.abs(difference));
        return text.equals(format.format(0)) ? text : (difference > 0 ? "+" : "−") + text;
    }

    /** A probability, however small. */
    public String probability(double p) {
        if (p < 0.0001) {
            return "< " + figure(0.0001);
        }
        return figure(p);
    }

    /** Time between two instants, up to now when the second is missing. */
    public String duration(@Nullable Instant from, @Nullable Instant to) {
        if (from == null) {
            return "–";
        }
        Duration time = Duration.between(from, to == null ? Instant.now() : to);
        if (time.toDays() > 0) {
            return time.toDays() + " " + web.text("unit.days") + " " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        NumberFormat seconds = NumberFormat.getNumberInstance(web.locale());
        seconds.setMaximumFractionDigits(1);
        return seconds.format(Math.max(0, time.toMillis()) / 1000.0) + " s";
    }

    /** The beginning of a long hash. */
    public String hash(@Nullable String hash) {
        if (hash == null || hash.isEmpty()) {
            return "–";
        }
        return hash.length() <= HASH_SHOWN ? hash : hash.substring(0, HASH_SHOWN) + "…";
    }

    /** Width of a bar, in percent of the whole. */
    public String width(double share) {
        return widthOf(share);
    }

    static String widthOf(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * Math.max(0, Math.min(1, share)));
    }
}
