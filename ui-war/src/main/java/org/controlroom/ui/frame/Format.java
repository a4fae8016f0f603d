package org.controlroom.ui.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as the reader's language writes them: {@code #{format}}. What is not known is a dash. */
@Named("format")
@RequestScoped
public class Format {

    static final String UNKNOWN = "–";

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB"};
    private static final String[] OCTETS = {"o", "ko", "Mo", "Go", "To"};

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    FacesContext faces;

    /** With its thousands apart: {@code 43,798}. */
    public String whole(@Nullable Number number) {
        double value = value(number);
        return Double.isNaN(value) ? UNKNOWN : whole(locale(), value);
    }

    /** With that many digits behind the point. */
    public String number(@Nullable Number number, int digits) {
        double value = value(number);
        return Double.isNaN(value) ? UNKNOWN : number(locale(), value, digits);
    }

    /** @param share 0..1 */
    public String percent(@Nullable Number share, int digits) {
        double value = value(share);
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        NumberFormat format = NumberFormat.getPercentInstance(locale());
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    /** The two largest units of a time: {@code 0.8 ms}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    public String seconds(@Nullable Number seconds) {
        double value = value(seconds);
        return Double.isNaN(value) ? UNKNOWN : seconds(locale(), value);
    }

    /** In units of 1,000. */
    public String bytes(@Nullable Number bytes) {
        double value = value(bytes);
        return Double.isNaN(value) ? UNKNOWN : bytes(locale(), value);
    }

    /** In UTC, for readers without JavaScript; the page's script writes it in their zone. */
    public String utc(@Nullable Instant time) {
        return time == null
                ? UNKNOWN
                : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                        .format(time.atOffset(ZoneOffset.UTC));
    }

    static String seconds(Locale locale, double seconds) {
        if (seconds < 1) {
            return number(locale, seconds * 1000, seconds < 0.01 ? 1 : 0) + " ms";
        }
        if (seconds < MINUTE) {
            return number(locale, seconds, 1) + " s";
        }
        long all = Math.round(seconds);
        if (all < HOUR) {
            return all / MINUTE + " min " + all % MINUTE + " s";
        }
        if (all < DAY) {
            return all / HOUR + " h " + all % HOUR / MINUTE + " min";
        }
        return NumberFormat.getIntegerInstance(locale).format(all / DAY) + (isFrench(locale) ? " j " : " d ")
                + all % DAY / HOUR + " h";
    }

    static String bytes(Locale locale, double bytes) {
        String[] units = isFrench(locale) ? OCTETS : BYTES;
        int unit = 0;
        double rest = bytes;
        while (rest >= 999.5 && unit < units.length - 1) {
            rest /= 1000;
            unit++;
        }
        return number(locale, rest, unit == 0 || rest >= 100 ? 0 : 1) + " " + units[unit];
    }

    private static String whole(Locale locale, double number) {
        return number(locale, number, 0);
    }

    private static String number(Locale locale, double number, int digits) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(number);
    }

    private static double value(@Nullable Number number) {
        return number == null ? Double.NaN : number.doubleValue();
    }

    private static boolean isFrench(Locale locale) {
        return locale.getLanguage().equals("fr");
    }

    private Locale locale() {
        return faces.getViewRoot().getLocale();
    }
}
