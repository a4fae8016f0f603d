package org.controlroom.core.train;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.spi.Labels;

/**
 * Figures of a model on rows it was not trained on. Definitions as in scikit-learn's {@code classification_report} with
 * {@code zero_division=0}: macro and weighted averages run over the labels that occur among truth or predictions.
 *
 * @param labels all codes that occur as label of the model or as truth, ascending; the axes of {@code confusion}
 * @param confusion rows by true label, then predicted label
 * @param perLabel figures of each of {@code labels}
 * @param logLoss mean negative natural logarithm of the true label's probability, at least 1e-7 each
 * @param ece expected calibration error over 15 bins of equal width (Guo et al. 2017), of the predicted label
 * @param bins the bins behind {@code ece}
 * @param coverage what a threshold on the confidence would leave, see {@link Coverage}
 */
public record Evaluation(
        Labels labels,
        long[][] confusion,
        PerLabel[] perLabel,
        double accuracy,
        double f1Macro,
        double f1Weighted,
        double logLoss,
        double ece,
        Bin[] bins,
        Coverage[] coverage) {

    static final int BINS = 15;

    private static final double[] THRESHOLDS = {0.5, 0.7, 0.8, 0.9, 0.95};

    public record PerLabel(long support, double precision, double recall, double f1) {}

    public record Bin(long rows, double confidence, double accuracy) {}

    /**
     * @param share rows with at least that confidence, of all
     * @param accuracy on those; 0 when there are none
     */
    public record Coverage(double threshold, double share, double accuracy) {}

    /** Predictions of all rows: position of the best label and its probability, and the true label's probability. */
    record Answers(Labels labels, int[] best, float[] confidence, float[] ofTruth) {

        static Answers room(Labels labels, int rows) {
            return new Answers(labels, new int[rows], new float[rows], new float[rows]);
        }

        /** @param truth code of the true label */
        void set(int row, float[] probabilities, int truth) {
            int top = 0;
            for (int i = 1; i < labels.size(); i++) {
                if (probabilities[i] > probabilities[top]) {
                    top = i;
                }
            }
            best[row] = top;
            confidence[row] = probabilities[top];
            int position = labels.indexOf(truth);
            ofTruth[row] = position < 0 ? 0 : probabilities[position];
        }
    }

    /** @param truth code of each row, at least one */
    static Evaluation of(Answers answers, int[] truth) {
        int[] codes = Arrays.copyOf(truth, truth.length + answers.labels().size());
        System.arraycopy(
                answers.labels().toArray(),
                0,
                codes,
                truth.length,
                answers.labels().size());
        Labels labels = Labels.of(codes);
        long[][] confusion = new long[labels.size()][labels.size()];
        double logLoss = 0;
        long right = 0;
        for (int row = 0; row < truth.length; row++) {
            int predicted = answers.labels().code(answers.best()[row]);
            confusion[labels.indexOf(truth[row])][labels.indexOf(predicted)]++;
            right += predicted == truth[row] ? 1 : 0;
            logLoss -= StrictMath.log(Math.max(1e-7, answers.ofTruth()[row]));
        }
        PerLabel[] perLabel = perLabel(confusion);
        double macro = 0;
        double weighted = 0;
        int occurring = 0;
        for (int i = 0; i < perLabel.length; i++) {
            macro += perLabel[i].f1();
            weighted += perLabel[i].f1() * perLabel[i].support();
            occurring += perLabel[i].support() > 0 || column(confusion, i) > 0 ? 1 : 0;
        }
        Bin[] bins = bins(answers, truth);
        double ece = 0;
        for (Bin bin : bins) {
            ece += Math.abs(bin.accuracy() - bin.confidence()) * bin.rows() / truth.length;
        }
        return new Evaluation(
                labels,
                confusion,
                perLabel,
                (double) right / truth.length,
                macro / occurring,
                weighted / truth.length,
                logLoss / truth.length,
                ece,
                bins,
                coverage(answers, truth));
    }

    /** Weighted F1 of answering the same code for every row. */
    static double constantF1Weighted(int code, int[] truth) {
        long hits = Arrays.stream(truth).filter(label -> label == code).count();
        double precision = (double) hits / truth.length;
        return hits == 0 ? 0 : precision * (2 * precision / (precision + 1));
    }

    private static PerLabel[] perLabel(long[][] confusion) {
        PerLabel[] all = new PerLabel[confusion.length];
        for (int i = 0; i < all.length; i++) {
            long support = Arrays.stream(confusion[i]).sum();
            long predicted = column(confusion, i);
            long hits = confusion[i][i];
            double precision = predicted == 0 ? 0 : (double) hits / predicted;
            double recall = support == 0 ? 0 : (double) hits / support;
            double f1 = hits == 0 ? 0 : 2.0 * hits / (support + predicted);
            all[i] = new PerLabel(support, precision, recall, f1);
        }
        return all;
    }

    private static long column(long[][] confusion, int column) {
        long sum = 0;
        for (long[] line : confusion) {
            sum += line[column];
        }
        return sum;
    }

    private static Bin[] bins(Answers answers, int[] truth) {
        long[] rows = new long[BINS];
        long[] right = new long[BINS];
        double[] confidence = new double[BINS];
        for (int row = 0; row < truth.length; row++) {
            // Bins are open at the bottom and closed at the top: (0, 1/15], (1/15, 2/15] and so on.
            int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(answers.confidence()[row] * BINS) - 1));
            rows[bin]++;
            right[bin] += isRight(answers, truth, row) ? 1 : 0;
            confidence[bin] += answers.confidence()[row];
        }
        Bin[] bins = new Bin[BINS];
        for (int i = 0; i < BINS; i++) {
            bins[i] = rows[i] == 0
                    ? new Bin(0, 0, 0)
                    : new Bin(rows[i], confidence[i] / rows[i], (double) right[i] / rows[i]);
        }
        return bins;
    }

    private static Coverage[] coverage(Answers answers, int[] truth) {
        Coverage[] coverage = new Coverage[THRESHOLDS.length];
        for (int t = 0; t < coverage.length; t++) {
            long covered = 0;
            long right = 0;
            for (int row = 0; row < truth.length; row++) {
                if (answers.confidence()[row] >= THRESHOLDS[t]) {
                    covered++;
                    right += isRight(answers, truth, row) ? 1 : 0;
                }
            }
            coverage[t] = new Coverage(
                    THRESHOLDS[t], (double) covered / truth.length, covered == 0 ? 0 : (double) right / covered);
        }
        return coverage;
    }

    private static boolean isRight(Answers answers, int[] truth, int row) {
        return answers.labels().code(answers.best()[row]) == truth[row];
    }

    /** The figures under their metric names. */
    SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics = new TreeMap<>(summary());
        for (int i = 0; i < perLabel.length; i++) {
            metrics.put("f1_class_" + labels.code(i), perLabel[i].f1());
        }
        for (Coverage c : coverage) {
            String percent = Long.toString(Math.round(c.threshold() * 100));
            metrics.put("coverage_at_" + percent, c.share());
            if (c.share() > 0) { // of no answer nothing is right or wrong
                metrics.put("accuracy_at_" + percent, c.accuracy());
            }
        }
        return metrics;
    }

    /** F1 by code. */
    public SortedMap<Integer, Double> f1ByLabel() {
        SortedMap<Integer, Double> f1 = new TreeMap<>();
        for (int i = 0; i < perLabel.length; i++) {
            f1.put(labels.code(i), perLabel[i].f1());
        }
        return f1;
    }

    /** The few figures that describe the model as a whole. */
    public SortedMap<String, Double> summary() {
        SortedMap<String, Double> summary = new TreeMap<>();
        summary.put("accuracy", accuracy);
        summary.put("f1_macro", f1Macro);
        summary.put("f1_weighted", f1Weighted);
        summary.put("log_loss", logLoss);
        summary.put("ece", ece);
        return summary;
    }
}
