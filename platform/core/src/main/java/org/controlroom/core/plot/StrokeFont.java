package org.controlroom.core.plot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters as strokes of a pen, because a server may have no font at all, and two servers have different ones.
 *
 * <p>A glyph is its advance, then strokes: {@code M x y} starts one, {@code L x y} draws a line, {@code Q cx cy x y} a
 * curve, {@code A cx cy rx ry start sweep} a piece of an ellipse in degrees against the clock, joined to the stroke before it
 * unless {@code M} alone stands between. Units: 8 from the baseline (y = 8) up to the top of a capital (y = 0).
 */
final class StrokeFont {

    /** Height of a capital in units. */
    static final double CAP = 8;

    private static final double GAP = 1.7;

    /** Straight pieces that a curve or a piece of an ellipse is drawn with. */
    private static final int PIECES = 24;

    private static final Map<Character, Glyph> GLYPHS = new HashMap<>();

    static {
        digits();
        marks();
        smallLetters();
        capitals();
    }

    /** @param strokes each as x, y, x, y and so on */
    private record Glyph(double advance, List<double[]> strokes) {}

    private StrokeFont() {}

    private static void digits() {
        add('0', "5 M A 2.5 4 2.3 4 0 360");
        add('1', "5 M .9 1.7 L 2.9 0 L 2.9 8");
        add('2', "5 M A 2.5 2.3 2.2 2.3 170 -205 L .2 8 L 4.8 8");
        add('3', "5 M A 2.4 2 2 2 150 -240 M A 2.4 6 2.3 2 90 -240");
        add('4', "5 M 3.7 8 L 3.7 0 L .2 5.7 L 4.9 5.7");
        add('5', "5 M 4.4 0 L .9 0 L .6 3.7 A 2.4 5.4 2.3 2.6 140 -285");
        add('6', "5 M A 2.5 5.6 2.2 2.4 0 360 M 3.9 .1 Q .4 1.6 .3 5.6");
        add('7', "5 M .3 0 L 4.7 0 L 1.8 8");
        add('8', "5 M A 2.5 2 1.9 2 0 360 M A 2.5 6 2.3 2 0 360");
        add('9', "5 M A 2.5 2.4 2.2 2.4 0 360 M 4.7 2.4 Q 4.6 6.4 1.1 7.9");
    }

    private static void marks() {
        add(' ', "2.6");
        add('.', ".8 M .4 7.8 L .4 7.9");
        add(',', ".9 M .6 7.6 L .2 9.3");
        add(':', ".8 M .4 3.4 L .4 3.5 M .4 7.6 L .4 7.7");
        add('-', "3 M .2 4.9 L 2.8 4.9");
        add('+', "4.6 M .2 4.6 L 4.4 4.6 M 2.3 2.5 L 2.3 6.7");
        add('=', "4.6 M .2 3.6 L 4.4 3.6 M .2 5.8 L 4.4 5.8");
        add('/', "3.4 M 3.3 -.4 L .1 8.8");
        add('(', "2 M A 4 4 3.6 6.4 130 100");
        add(')', "2 M A -2 4 3.6 6.4 50 -100");
        add('%', "7 M A 1.6 1.9 1.4 1.9 0 360 M A 5.4 6.1 1.4 1.9 0 360 M 5.7 0 L 1.3 8");
        add('\'', ".8 M .4 0 L .4 2");
    }

    private static void smallLetters() {
        add('a', "4.6 M A 2.3 5.4 2.05 2.6 0 360 M 4.35 2.8 L 4.35 8");
        add('b', "4.7 M .35 -.3 L .35 8 M A 2.4 5.4 2.05 2.6 0 360");
        add('c', "4.2 M A 2.4 5.4 2.1 2.6 45 270");
        add('d', "4.7 M A 2.3 5.4 2.05 2.6 0 360 M 4.35 -.3 L 4.35 8");
        add('e', "4.5 M .35 5.3 L 4.4 5.3 A 2.37 5.4 2.05 2.6 0 315");
        add('f', "2.7 M 1.2 8 L 1.2 1.5 A 2.6 1.5 1.4 1.7 180 -85 M 0 2.9 L 2.5 2.9");
        add('g', "4.7 M A 2.3 5.4 2.05 2.6 0 360 M 4.35 2.8 L 4.35 8.6 A 2.4 8.6 1.95 2.2 0 -150");
        add('h', "4.5 M .35 -.3 L .35 8 M .35 5 A 2.25 5 1.9 2.2 180 -180 L 4.15 8");
        add('i', ".8 M .4 2.8 L .4 8 M .4 .5 L .4 .6");
        add('j', "1.6 M 1.2 2.8 L 1.2 9 A 0 9 1.2 1.7 0 -90 M 1.2 .5 L 1.2 .6");
        add('k', "4.1 M .35 -.3 L .35 8 M 3.7 2.8 L .35 6.1 M 1.7 4.8 L 4 8");
        add('l', ".8 M .4 -.3 L .4 8");
        add(
                'm',
                "6.9 M .35 2.8 L .35 8 M .35 4.7 A 1.9 4.7 1.55 1.9 180 -180 L 3.45 8 "
                        + "M 3.45 4.7 A 5 4.7 1.55 1.9 180 -180 L 6.55 8");
        add('n', "4.5 M .35 2.8 L .35 8 M .35 5 A 2.25 5 1.9 2.2 180 -180 L 4.15 8");
        add('o', "4.7 M A 2.35 5.4 2.1 2.6 0 360");
        add('p', "4.7 M .35 2.8 L .35 11 M A 2.4 5.4 2.05 2.6 0 360");
        add('q', "4.7 M A 2.3 5.4 2.05 2.6 0 360 M 4.35 2.8 L 4.35 11");
        add('r', "2.8 M .35 2.8 L .35 8 M .35 5.3 A 2.2 5.3 1.85 2.5 180 -105");
        add('s', "3.9 M A 2 4.1 1.6 1.3 25 245 M A 2 6.7 1.7 1.3 90 -245");
        add('t', "2.9 M 1.3 .8 L 1.3 6.6 A 2.6 6.6 1.3 1.4 180 90 M 0 2.9 L 2.6 2.9");
        add('u', "4.5 M .35 2.8 L .35 5.8 A 2.25 5.8 1.9 2.2 180 180 M 4.15 2.8 L 4.15 8");
        add('v', "4.2 M .1 2.8 L 2.1 8 L 4.1 2.8");
        add('w', "6.4 M .1 2.8 L 1.7 8 L 3.2 3 L 4.7 8 L 6.3 2.8");
        add('x', "4 M .2 2.8 L 3.8 8 M 3.8 2.8 L .2 8");
        add('y', "4.2 M .1 2.8 L 2.1 8 M 4.1 2.8 L 1.1 11");
        add('z', "3.9 M .3 2.8 L 3.6 2.8 L .2 8 L 3.7 8");
    }

    private static void capitals() {
        add('A', "5.6 M .1 8 L 2.8 0 L 5.5 8 M 1.05 5.3 L 4.55 5.3");
        add('B', "5 M .4 4 L 2.7 4 M .4 8 L .4 0 L 2.7 0 A 2.7 2 1.8 2 90 -180 A 2.7 6 2.1 2 90 -180 L .4 8");
        add('C', "5.5 M A 3.1 4 2.9 4 45 270");
        add('D', "5.6 M .4 8 L .4 0 L 2.2 0 A 2.2 4 3.1 4 90 -180 L .4 8");
        add('E', "4.3 M 4.1 0 L .4 0 L .4 8 L 4.1 8 M .4 4 L 3.6 4");
        add('F', "4.2 M 4.1 0 L .4 0 L .4 8 M .4 4 L 3.5 4");
        add('G', "5.8 M A 3.1 4 2.9 4 45 290 L 5.7 4.4 L 3.6 4.4");
        add('H', "5.4 M .4 0 L .4 8 M 5 0 L 5 8 M .4 4 L 5 4");
        add('I', ".8 M .4 0 L .4 8");
        add('J', "3.6 M 3.2 0 L 3.2 6 A 1.7 6 1.5 2 0 -150");
        add('K', "4.9 M .4 0 L .4 8 M 4.6 0 L .4 5 M 1.8 3.4 L 4.8 8");
        add('L', "4.1 M .4 0 L .4 8 L 4 8");
        add('M', "6.6 M .4 8 L .4 0 L 3.3 6 L 6.2 0 L 6.2 8");
        add('N', "5.6 M .4 8 L .4 0 L 5.2 8 L 5.2 0");
        add('O', "6.2 M A 3.1 4 2.9 4 0 360");
        add('P', "4.8 M .4 8 L .4 0 L 2.6 0 A 2.6 2.2 2 2.2 90 -180 L .4 4.4");
        add('Q', "6.2 M A 3.1 4 2.9 4 0 360 M 3.8 6 L 6 8.6");
        add('R', "5 M .4 8 L .4 0 L 2.6 0 A 2.6 2.2 2 2.2 90 -180 L .4 4.4 M 2.6 4.4 L 4.8 8");
        add('S', "4.9 M A 2.5 2.05 2.1 2.05 30 240 M A 2.5 6.05 2.3 1.95 90 -240");
        add('T', "5 M .1 0 L 4.9 0 M 2.5 0 L 2.5 8");
        add('U', "5.4 M .4 0 L .4 5.4 A 2.7 5.4 2.3 2.6 180 180 L 5 0");
        add('V', "5.4 M .1 0 L 2.7 8 L 5.3 0");
        add('W', "7.8 M .1 0 L 2 8 L 3.9 .6 L 5.8 8 L 7.7 0");
        add('X', "5 M .2 0 L 4.8 8 M 4.8 0 L .2 8");
        add('Y', "5 M .1 0 L 2.5 4 L 4.9 0 M 2.5 4 L 2.5 8");
        add('Z', "4.8 M .3 0 L 4.5 0 L .2 8 L 4.6 8");
    }

    private static void add(char character, String drawing) {
        String[] words = drawing.split(" ", -1);
        List<double[]> strokes = new ArrayList<>();
        List<Double> points = new ArrayList<>();
        int at = 1;
        while (at < words.length) {
            String verb = words[at++];
            double[] n = new double[6];
            int count = 0;
            while (at < words.length && !Character.isLetter(words[at].charAt(0))) {
                n[count++] = Double.parseDouble(words[at++]);
            }
            switch (verb) {
                case "M" -> {
                    end(points, strokes);
                    if (count > 0) {
                        point(points, n[0], n[1]);
                    }
                }
                case "L" -> point(points, n[0], n[1]);
                case "Q" -> curve(points, n);
                case "A" -> arc(points, n);
                default -> throw new IllegalStateException(character + ": " + verb);
            }
        }
        end(points, strokes);
        GLYPHS.put(character, new Glyph(Double.parseDouble(words[0]), List.copyOf(strokes)));
    }

    private static void end(List<Double> points, List<double[]> strokes) {
        if (!points.isEmpty()) {
            strokes.add(points.stream().mapToDouble(Double::doubleValue).toArray());
            points.clear();
        }
    }

    private static void point(List<Double> points, double x, double y) {
        points.add(x);
        points.add(y);
    }

    private static void curve(List<Double> points, double[] n) {
        double x = points.get(points.size() - 2);
        double y = points.get(points.size() - 1);
        for (int i = 1; i <= PIECES; i++) {
            double t = (double) i / PIECES;
            double u = 1 - t;
            point(points, u * u * x + 2 * u * t * n[0] + t * t * n[2], u * u * y + 2 * u * t * n[1] + t * t * n[3]);
        }
    }

    private static void arc(List<Double> points, double[] n) {
        for (int i = 0; i <= PIECES; i++) {
            double angle = StrictMath.toRadians(n[4] + n[5] * i / PIECES);
            point(points, n[0] + n[2] * StrictMath.cos(angle), n[1] - n[3] * StrictMath.sin(angle));
        }
    }

    /** Width of a text in units. */
    static double width(String text) {
        double width = -GAP;
        for (int i = 0; i < text.length(); i++) {
            width += advance(text.charAt(i));
        }
        return Math.max(0, width);
    }

    private static double advance(char character) {
        return glyph(character).advance() + GAP;
    }

    private static Glyph glyph(char character) {
        Glyph glyph = GLYPHS.get(character);
        if (glyph == null) {
            throw new IllegalArgumentException("no glyph for '" + character + "'; there are " + GLYPHS.keySet());
        }
        return glyph;
    }

    /** The strokes of a text that begins at x = 0, each as x, y, x, y and so on. */
    static List<double[]> strokes(String text) {
        List<double[]> all = new ArrayList<>();
        double x = 0;
        for (int i = 0; i < text.length(); i++) {
            Glyph glyph = glyph(text.charAt(i));
            for (double[] stroke : glyph.strokes()) {
                double[] moved = stroke.clone();
                for (int j = 0; j < moved.length; j += 2) {
                    moved[j] += x;
                }
                all.add(moved);
            }
            x += glyph.advance() + GAP;
        }
        return all;
    }
}
