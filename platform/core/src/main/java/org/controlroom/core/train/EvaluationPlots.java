package org.controlroom.core.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.controlroom.core.plot.Color;
import org.controlroom.core.plot.Frame;
import org.controlroom.core.plot.Picture;
import org.controlroom.core.plot.Picture.Anchor;

/** Draws what an evaluation found. Each picture has its figures in a JSON file of {@link EvaluationFiles} beside it. */
final class EvaluationPlots {

    private static final double LEFT = 120;
    private static final double TOP = 90;

    /** Room of a class in pixels, as long as the picture stays below {@link #WIDEST}. */
    private static final int CLASS = 42;

    private static final double WIDEST = 2_400;
    private static final double NARROWEST = 580;
    private static final double LEGIBLE = 13;
    private static final double FIRST_COVERAGE = 0.005;

    private EvaluationPlots() {}

    /** Rows by true class, columns by predicted class; the colour is the share of the true class's rows. */
    static Picture confusion(Evaluation evaluation) {
        int classes = evaluation.labels().size();
        double cell = cell(classes);
        double side = cell * classes;
        double left = LEFT + 10;
        Picture picture = new Picture((int) (left + side + 150), (int) (TOP + side + 110));
        picture.text(
                "Confusion matrix: " + whole(rows(evaluation)) + " hold-out rows, accuracy "
                        + percent(evaluation.accuracy()),
                left,
                36,
                Frame.HEADING,
                Anchor.LEFT);
        boolean numbers = cell >= 24;
        picture.text(numbers ? "Numbers are rows" : "", left, 66, Frame.NUMBERS, Anchor.LEFT);
        double gap = numbers ? 1 : 0;
        for (int truth = 0; truth < classes; truth++) {
            long[] line = evaluation.confusion()[truth];
            long total = Arrays.stream(line).sum();
            for (int predicted = 0; predicted < classes; predicted++) {
                double share = total == 0 ? 0 : (double) line[predicted] / total;
                double x = left + predicted * cell;
                double y = TOP + truth * cell;
                picture.fill(shade(share), x, y, cell - gap, cell - gap);
                if (line[predicted] > 0 && numbers) {
                    String number = Long.toString(line[predicted]);
                    double height = Math.min(11, 11 * (cell - 6) / Picture.textWidth(number, 11));
                    Color ink = depth(share) > 0.5 ? Color.WHITE : Color.BLACK;
                    picture.text(ink, number, x + cell / 2, y + cell / 2, height, Anchor.MIDDLE, false);
                }
            }
        }
        int step = (int) Math.ceil(LEGIBLE / cell);
        for (int i = 0; i < classes; i += step) {
            String code = Integer.toString(evaluation.labels().code(i));
            double middle = (i + 0.5) * cell;
            picture.text(code, left - 8, TOP + middle, 10, Anchor.RIGHT);
            picture.text(Color.BLACK, code, left + middle, TOP + side + 8, 10, Anchor.RIGHT, true);
        }
        picture.text(Color.BLACK, "True class", 30, TOP + side / 2, Frame.TITLES, Anchor.MIDDLE, true);
        picture.text("Predicted class", left + side / 2, TOP + side + 80, Frame.TITLES, Anchor.MIDDLE);
        colourKey(picture, left + side + 30, TOP, Math.max(side, 160));
        return picture;
    }

    private static void colourKey(Picture picture, double x, double y, double height) {
        int steps = (int) Math.min(height, 300);
        double part = steps;
        for (int i = 0; i < steps; i++) {
            double depth = 1 - (i + 0.5) / part;
            picture.fill(shade(depth * depth), x, y + i, 20, 1.01);
        }
        for (double share : new double[] {0, 0.01, 0.1, 0.25, 0.5, 1}) {
            picture.text(percent(share, 0), x + 30, y + part * (1 - depth(share)), Frame.NUMBERS, Anchor.LEFT);
        }
        picture.text("of true class", x - 4, y + part + 26, Frame.NUMBERS - 1, Anchor.LEFT);
    }

    /** Small shares are seen, too: a hundredth has a tenth of the depth. */
    private static double depth(double share) {
        return Math.sqrt(share);
    }

    /** From nearly white to dark blue, ever darker. */
    private static Color shade(double share) {
        double depth = depth(share);
        return new Color((int) Math.round(244 - depth * (244 - 0)), (int) Math.round(246 - depth * (246 - 60)), (int)
                Math.round(249 - depth * (249 - 125)));
    }

    /**
     * Rows of each class, most frequent first.
     *
     * @param learnt whether the model was trained on the rows that are not held out
     */
    static Picture classes(ClassCounts counts, boolean learnt) {
        int classes = counts.labels().size();
        double room = cell(classes);
        double width = room * classes;
        Picture picture = new Picture((int) (LEFT + 20 + width + 40), 600);
        long most = IntStream.range(0, classes)
                .mapToLong(i -> Math.max(counts.train()[i], Math.max(counts.test()[i], counts.predicted()[i])))
                .max()
                .orElse(1);
        Frame frame = new Frame(picture, LEFT + 20, TOP, width, 400, classes, Frame.end((double) most));
        picture.text("Class distribution", frame.x(), 36, Frame.HEADING, Anchor.LEFT);
        double key = frame.x();
        key = key(picture, Picture.BLUE, learnt ? "training rows" : "other rows of the catalogue", key);
        key = key(picture, Picture.ORANGE, "hold-out rows", key);
        key(picture, Picture.GREY, "answers on hold-out rows", key);
        frame.axisY("Rows", false);
        List<Integer> order = IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparingLong(i -> -counts.train()[i]))
                .toList();
        int step = (int) Math.ceil(LEGIBLE / room);
        for (int i = 0; i < classes; i++) {
            int label = order.get(i);
            double left = frame.atX(i) + room * 0.1;
            double bar = room * 0.8 / 3;
            bar(frame, Picture.BLUE, left, bar, counts.train()[label]);
            bar(frame, Picture.ORANGE, left + bar, bar, counts.test()[label]);
            bar(frame, Picture.GREY, left + 2 * bar, bar, counts.predicted()[label]);
            if (i % step == 0) {
                String code = Integer.toString(counts.labels().code(label));
                picture.text(
                        Color.BLACK, code, left + room * 0.4, frame.y() + frame.height() + 10, 10, Anchor.RIGHT, true);
            }
        }
        picture.text("Class", frame.x() + width / 2, frame.y() + frame.height() + 78, Frame.TITLES, Anchor.MIDDLE);
        return picture;
    }

    private static void bar(Frame frame, Color color, double x, double width, long rows) {
        double y = frame.atY((double) rows);
        frame.picture().fill(color, x, y, Math.max(1, width - 1), frame.y() + frame.height() - y);
    }

    /** @return where the next one may begin */
    private static double key(Picture picture, Color color, String text, double x) {
        picture.fill(color, x, 58, 16, 16);
        picture.text(text, x + 24, 66, Frame.NUMBERS, Anchor.LEFT);
        return x + 24 + Picture.textWidth(text, Frame.NUMBERS) + 30;
    }

    /** How often answers of each confidence are right, and how many there are. */
    static Picture calibration(Evaluation evaluation) {
        Picture picture = new Picture(760, 930);
        Frame frame = new Frame(picture, LEFT, TOP, 580, 520, 1, 1);
        picture.text("Calibration: expected error " + percent(evaluation.ece()), LEFT, 36, Frame.HEADING, Anchor.LEFT);
        double key = key(picture, Picture.BLUE, "share that was right", LEFT);
        picture.line(Picture.VERMILION, 2.5, key, 66, key + 24, 66);
        picture.text("as sure as it should be", key + 32, 66, Frame.NUMBERS, Anchor.LEFT);
        frame.axisY("Share of answers that were right", true);
        Evaluation.Bin[] bins = evaluation.bins();
        double[] xs = new double[bins.length];
        double[] ys = new double[bins.length];
        int points = 0;
        long most = 1;
        for (int i = 0; i < bins.length; i++) {
            if (bins[i].rows() > 0) {
                double x = frame.atX((double) i / bins.length) + 1;
                double y = frame.atY(bins[i].accuracy());
                double width = frame.width() / bins.length - 2;
                picture.fill(Color.of(0xCCE3F0), x, y, width, frame.y() + frame.height() - y);
                xs[points] = bins[i].confidence();
                ys[points++] = bins[i].accuracy();
                most = Math.max(most, bins[i].rows());
            }
        }
        frame.line(Picture.VERMILION, 2, new double[] {0, 1}, new double[] {0, 1});
        frame.line(Picture.BLUE, 2.5, Arrays.copyOf(xs, points), Arrays.copyOf(ys, points));
        for (int i = 0; i < points; i++) {
            picture.dot(Picture.BLUE, frame.atX(xs[i]), frame.atY(ys[i]), 6);
        }
        frame.axisX("", true);
        Frame below = new Frame(picture, LEFT, frame.y() + frame.height() + 50, 580, 170, 1, Frame.end((double) most));
        below.axisY("Hold-out rows", false);
        for (int i = 0; i < bins.length; i++) {
            bar(below, Picture.BLUE, below.atX((double) i / bins.length) + 1, 580.0 / bins.length, bins[i].rows());
        }
        below.axisX("Confidence of the answer", true);
        return picture;
    }

    /** How many of the surest answers are wrong, for each share of rows that would be answered. */
    static Picture riskCoverage(Evaluation evaluation, RiskCoverage curve) {
        Picture picture = new Picture(900, 660);
        // The first few rows say nothing: one mistake among them would be half of all.
        List<RiskCoverage.Point> drawn = curve.points().stream()
                .filter(point -> point.coverage() >= FIRST_COVERAGE)
                .toList();
        double most = drawn.stream()
                .filter(point -> point.coverage() >= 4 * FIRST_COVERAGE)
                .mapToDouble(RiskCoverage.Point::risk)
                .max()
                .orElse(1);
        Frame frame = new Frame(picture, LEFT + 10, TOP, 720, 480, 1, Frame.end(Math.max(0.01, most)));
        picture.text(
                "Risk and coverage: area under the curve " + percent(curve.area()),
                frame.x(),
                36,
                Frame.HEADING,
                Anchor.LEFT);
        picture.dot(Picture.VERMILION, frame.x() + 8, 66, 6);
        picture.text("answers with at least that confidence", frame.x() + 24, 66, Frame.NUMBERS, Anchor.LEFT);
        frame.axisY("Share of the answers that is wrong", true);
        double[] xs = drawn.stream().mapToDouble(RiskCoverage.Point::coverage).toArray();
        double[] ys = drawn.stream().mapToDouble(RiskCoverage.Point::risk).toArray();
        frame.line(Picture.BLUE, 2.5, xs, ys);
        for (Evaluation.Coverage point : evaluation.coverage()) {
            double risk = 1 - point.accuracy();
            if (point.share() > 0 && risk <= frame.maxY()) {
                double x = frame.atX(point.share());
                double y = frame.atY(risk);
                picture.dot(Picture.VERMILION, x, y, 6);
                picture.text(Double.toString(point.threshold()), x - 10, y - 14, Frame.NUMBERS, Anchor.RIGHT);
            }
        }
        frame.axisX("Share of rows that are answered, the surest first", true);
        return picture;
    }

    private static double cell(int classes) {
        return Math.min(Math.max(CLASS, NARROWEST / classes), WIDEST / classes);
    }

    private static long rows(Evaluation evaluation) {
        return Arrays.stream(evaluation.perLabel())
                .mapToLong(Evaluation.PerLabel::support)
                .sum();
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(double share) {
        return percent(share, 1);
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", share * 100);
    }
}
