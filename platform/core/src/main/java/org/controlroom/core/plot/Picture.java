package org.controlroom.core.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A white sheet to draw on, in pixels from the top left corner. Used by one thread. */
public final class Picture {

    /** Colours that people who see few colours tell apart (Okabe and Ito, Color Universal Design, 2008). */
    public static final Color BLUE = Color.of(0x0072B2);

    public static final Color ORANGE = Color.of(0xE69F00);
    public static final Color VERMILION = Color.of(0xD55E00);
    public static final Color GREY = Color.of(0x666666);

    static final Color INK = Color.of(0x222222);
    static final Color PALE = Color.of(0xDDDDDD);

    private final Pixels pixels;

    public Picture(int width, int height) {
        pixels = new Pixels(width, height);
    }

    public void fill(Color color, double x, double y, double width, double height) {
        pixels.rectangle(color, x, y, x + width, y + height);
    }

    /** A disc with a white rim. */
    public void dot(Color color, double x, double y, double radius) {
        List<double[]> middle = List.of(new double[] {x, y, x, y});
        pixels.lines(Color.WHITE, 2 * radius + 1.5, middle, 0, pixels.width());
        pixels.lines(color, 2 * radius - 1.5, middle, 0, pixels.width());
    }

    public void line(Color color, double thickness, double x1, double y1, double x2, double y2) {
        pixels.lines(color, thickness, List.of(new double[] {x1, y1, x2, y2}), 0, pixels.width());
    }

    /** A line through points, each as x and y, that is seen only between two columns. */
    void line(Color color, double thickness, double[] points, double from, double to) {
        pixels.lines(color, thickness, List.of(points), from, to);
    }

    /** Which point of a text stands at the given place. */
    public enum Anchor {
        LEFT(0),
        MIDDLE(0.5),
        RIGHT(1);

        private final double share;

        Anchor(double share) {
            this.share = share;
        }
    }

    /**
     * Writes a text.
     *
     * @param height of a capital in pixels
     * @param y of the middle of a capital
     */
    public void text(String text, double x, double y, double height, Anchor anchor) {
        text(INK, text, x, y, height, anchor, false);
    }

    /** @param upright turned by 90 degrees against the clock */
    public void text(Color color, String text, double x, double y, double height, Anchor anchor, boolean upright) {
        double scale = height / StrokeFont.CAP;
        double before = StrokeFont.width(text) * anchor.share;
        List<double[]> placed = new ArrayList<>();
        for (double[] stroke : StrokeFont.strokes(text)) {
            double[] points = new double[stroke.length];
            for (int i = 0; i < stroke.length; i += 2) {
                double along = (stroke[i] - before) * scale;
                double down = (stroke[i + 1] - StrokeFont.CAP / 2) * scale;
                points[i] = x + (upright ? down : along);
                points[i + 1] = y + (upright ? -along : down);
            }
            placed.add(points);
        }
        pixels.lines(color, Math.max(1.1, height * 0.13), placed, 0, pixels.width());
    }

    /** Width of a text in pixels. */
    public static double textWidth(String text, double height) {
        return StrokeFont.width(text) * height / StrokeFont.CAP;
    }

    /** Writes the picture as PNG. */
    public void writePng(OutputStream out) throws IOException {
        pixels.writePng(out);
    }
}
