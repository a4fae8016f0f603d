package org.controlroom.pipelines.internal;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Says in English or French what a valid cron expression of five fields means. cron-utils says it in no language. */
public final class CronWords {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,2}");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private final boolean french;
    private final Locale locale;

    private CronWords(boolean french) {
        this.french = french;
        this.locale = french ? Locale.FRENCH : Locale.ENGLISH;
    }

    /** French for French readers, else English. */
    public static CronWords in(Locale locale) {
        return new CronWords(locale.getLanguage().equals("fr"));
    }

    /** @param fields minute, hour, day of month, month, day of week */
    public String describe(String[] fields) {
        List<String> parts = new ArrayList<>();
        parts.add(time(fields[0], fields[1]));
        boolean everyDayOfMonth = fields[2].equals("*");
        boolean everyDayOfWeek = fields[4].equals("*");
        if (!everyDayOfMonth) {
            parts.add(
                    fields[2].startsWith("*/")
                            ? say("every %s days of the month", "tous les %s jours du mois", fields[2].substring(2))
                            : say("on day %s of the month", "le %s du mois", list(fields[2], text -> text)));
        }
        if (!everyDayOfWeek) {
            String days = days(fields[4]);
            parts.add(
                    everyDayOfMonth
                            ? say("on %s", "%s", days)
                            // Cron's own rule: with both given, one of them is enough.
                            : say("or on %s", "ou %s", days));
        } else if (everyDayOfMonth && NUMBER.matcher(fields[1]).matches()) {
            parts.add(say("every day", "tous les jours"));
        }
        if (!fields[3].equals("*")) {
            parts.add(
                    fields[3].startsWith("*/")
                            ? say("every %s months", "tous les %s mois", fields[3].substring(2))
                            : say("in %s", "en %s", list(fields[3], this::month)));
        }
        return String.join(", ", parts);
    }

    private String time(String minute, String hour) {
        if (NUMBER.matcher(minute).matches()
                && Arrays.stream(hour.split(",", -1)).allMatch(CronWords::isNumber)) {
            return say(
                    "at %s",
                    "à %s",
                    list(
                            hour,
                            each -> String.format(
                                    Locale.ROOT, "%02d:%02d", Integer.parseInt(each), Integer.parseInt(minute))));
        }
        String minutes = minutes(minute);
        if (hour.equals("*") || hour.equals("*/1")) {
            return isNumber(minute) || minute.contains(",")
                    ? say("%s of every hour", "%s de chaque heure", minutes)
                    : minutes;
        }
        return hour.startsWith("*/")
                ? say("%s, every %s hours", "%s, toutes les %s heures", minutes, hour.substring(2))
                : say("%s, in hour %s", "%s, heure %s", minutes, list(hour, text -> text));
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private String minutes(String minute) {
        if (minute.equals("*") || minute.equals("*/1")) {
            return say("every minute", "chaque minute");
        }
        return minute.startsWith("*/")
                ? say("every %s minutes", "toutes les %s minutes", minute.substring(2))
                : say("at minute %s", "à la minute %s", list(minute, text -> text));
    }

    /** Days of the week; in French with their article. */
    private String days(String field) {
        String[] range = field.split("-", -1);
        boolean oneRange = range.length == 2 && !field.contains(",") && !field.contains("/");
        return french && oneRange
                ? "du " + day(range[0]) + " au " + day(range[1])
                : say("%s", "le %s", list(field, this::day));
    }

    /** Values and ranges, each by its name. */
    private String list(String field, Function<String, String> name) {
        List<String> items = new ArrayList<>();
        for (String item : field.split(",", -1)) {
            String[] step = item.split("/", 2);
            String[] range = step[0].split("-", 2);
            String text = range.length == 2
                    ? say("%s to %s", "%s à %s", name.apply(range[0]), name.apply(range[1]))
                    : name.apply(range[0]);
            items.add(step.length == 2 ? say("%s by steps of %s", "%s par pas de %s", text, step[1]) : text);
        }
        if (items.size() == 1) {
            return items.get(0);
        }
        String last = items.remove(items.size() - 1);
        return String.join(", ", items) + say(" and ", " et ") + last;
    }

    private String day(String text) {
        int number = isNumber(text) ? Integer.parseInt(text) : DAYS.indexOf(text.toUpperCase(Locale.ROOT));
        return number < 0
                ? text
                : DayOfWeek.of(number % 7 == 0 ? 7 : number % 7).getDisplayName(TextStyle.FULL, locale);
    }

    private String month(String text) {
        for (Month month : Month.values()) {
            if (text.equals(Integer.toString(month.getValue()))
                    || month.name().startsWith(text.toUpperCase(Locale.ROOT))) {
                return month.getDisplayName(TextStyle.FULL, locale);
            }
        }
        return text;
    }

    @SuppressWarnings("AnnotateFormatMethod") // the texts are ours
    private String say(String english, String inFrench, Object... values) {
        return String.format(Locale.ROOT, french ? inFrench : english, values);
    }
}
