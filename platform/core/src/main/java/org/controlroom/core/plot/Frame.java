package org.controlroom.core.plot;

import java.util.Locale;
import org.controlroom.core.plot.Picture.Anchor;

/**
 * The axes of a plot: a rectangle of the picture that stands for ranges of numbers, both from 0.
 *
 * @param x left edge in pixels
 * @param y upper edge in pixels
 * @param maxX number at the right edge
 * @param maxY number at the upper edge
 */
public record Frame(Picture picture, double x, double y, double width, double height, double maxX, double maxY) {

    /** Height of a capital of the numbers at an axis, in pixels. */
    public static final double NUMBERS = 13;

    public static final double TITLES = 15;
    public static final double HEADING = 19;

    private static final int MAX_TICKS = 6;

    /** A round number, 1, 2 or 5 times a power of ten, not below {@code most} / {@value #MAX_TICKS}. */
    static double tick(double most) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(most / MAX_TICKS)));
        for (double step : new double[] {1, 2, 5}) {
            if (step * power * MAX_TICKS >= most * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    /** The smallest number at an axis that is not below {@code most}, which is positive. */
    public static double end(double most) {
        double tick = tick(most);
        return Math.ceil(most / tick - 1e-9) * tick;
    }

    public double atX(double value) {
        return x + width * value / maxX;
    }

    public double atY(double value) {
        return y + height * (1 - value / maxY);
    }

    /** Numbers and title of the lower edge. */
    public void axisX(String title, boolean percent) {
        double tick = tick(maxX);
        for (int i = 0; i * tick <= maxX * (1 + 1e-9); i++) {
            double at = atX(i * tick);
            picture.line(Picture.INK, 1.2, at, y + height, at, y + height + 6);
            picture.text(number(i * tick, tick, percent), at, y + height + 20, NUMBERS, Anchor.MIDDLE);
        }
        picture.text(title, x + width / 2, y + height + 50, TITLES, Anchor.MIDDLE);
        picture.line(Picture.INK, 1.5, x, y + height, x + width, y + height);
    }

    /** Numbers, title and pale lines of the left edge; to be drawn before what they are of. */
    public void axisY(String title, boolean percent) {
        double tick = tick(maxY);
        double widest = 0;
        for (int i = 0; i * tick <= maxY * (1 + 1e-9); i++) {
            double at = atY(i * tick);
            String number = number(i * tick, tick, percent);
            widest = Math.max(widest, Picture.textWidth(number, NUMBERS));
            picture.line(i == 0 ? Picture.INK : Picture.PALE, 1.2, x, at, x + width, at);
            picture.text(number, x - 10, at, NUMBERS, Anchor.RIGHT);
        }
        picture.text(Picture.INK, title, x - widest - 36, y + height / 2, TITLES, Anchor.MIDDLE, true);
        picture.line(Picture.INK, 1.5, x, y, x, y + height);
    }

    /** A line through points, cut at the left and right edge. */
    public void line(Color color, double thickness, double[] xs, double[] ys) {
        double[] points = new double[2 * xs.length];
        for (int i = 0; i < xs.length; i++) {
            points[2 * i] = atX(xs[i]);
            points[2 * i + 1] = Math.max(y, atY(ys[i]));
        }
        picture.line(color, thickness, points, x, x + width);
    }

    private static String number(double value, double tick, boolean percent) {
        double shown = percent ? value * 100 : value;
        double step = percent ? tick * 100 : tick;
        int digits = (int) Math.max(0, Math.ceil(-StrictMath.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%,." + digits + "f", shown) + (percent ? " %" : "");
    }
}
