package org.controlroom.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.spi.Product;

/** Writes what an evaluation found as JSON files for people and for drift detection. */
final class EvaluationFiles {

    static final String EVALUATION = "evaluation.json";
    static final String CONFUSION = "confusion_matrix.json";
    static final String CLASS_NAMES = "class_names.json";

    /** Values kept of a distribution: enough for a Kolmogorov-Smirnov distance within 0.001. */
    private static final int QUANTILES = 1_001;

    private EvaluationFiles() {}

    static void write(
            RunWork work, TrainingSet set, Evaluation.Answers answers, Evaluation evaluation, double baselineF1) {
        SafeFiles.write(
                work.file(EVALUATION), evaluation(set, evaluation, baselineF1).write());
        SafeFiles.write(work.file(CONFUSION), confusion(evaluation).write());
        SafeFiles.write(
                work.file(MisclassifiedProducts.FILE),
                MisclassifiedProducts.of(set.test(), answers).write());
        List<Json> names = new ArrayList<>();
        for (int code : evaluation.labels().toArray()) {
            names.add(Json.of(Integer.toString(code)));
        }
        SafeFiles.write(work.file(CLASS_NAMES), new Json.Arr(names).write());
        SafeFiles.write(
                work.model().resolve(ModelFolder.REFERENCE),
                reference(set, answers).write());
    }

    private static Json evaluation(TrainingSet set, Evaluation evaluation, double baselineF1) {
        SortedMap<String, Json> perLabel = new TreeMap<>();
        for (int i = 0; i < evaluation.labels().size(); i++) {
            Evaluation.PerLabel figures = evaluation.perLabel()[i];
            perLabel.put(
                    Integer.toString(evaluation.labels().code(i)),
                    object(Map.of(
                            "support", Json.of(figures.support()),
                            "precision", Json.of(figures.precision()),
                            "recall", Json.of(figures.recall()),
                            "f1", Json.of(figures.f1()))));
        }
        List<Json> bins = new ArrayList<>();
        for (Evaluation.Bin bin : evaluation.bins()) {
            bins.add(object(Map.of(
                    "rows", Json.of(bin.rows()),
                    "confidence", Json.of(bin.confidence()),
                    "accuracy", Json.of(bin.accuracy()))));
        }
        List<Json> coverage = new ArrayList<>();
        for (Evaluation.Coverage point : evaluation.coverage()) {
            coverage.add(object(Map.of(
                    "threshold", Json.of(point.threshold()),
                    "coverage", Json.of(point.share()),
                    "accuracy", Json.of(point.accuracy()))));
        }
        return object(Map.of(
                "dataset_hash", Json.of(set.hash()),
                "train_rows", Json.of(set.train().rows()),
                "test_rows", Json.of(set.test().rows()),
                "figures", Json.ofNumbers(evaluation.summary()),
                "majority_baseline", object(Map.of("f1_weighted", Json.of(baselineF1))),
                "classes", object(perLabel),
                "calibration_bins", new Json.Arr(bins),
                "coverage", new Json.Arr(coverage)));
    }

    private static Json confusion(Evaluation evaluation) {
        List<Json> lines = new ArrayList<>();
        for (long[] line : evaluation.confusion()) {
            lines.add(new Json.Arr(Arrays.stream(line).mapToObj(Json::of).toList()));
        }
        return object(
                Map.of("labels", Json.of(evaluation.labels().toArray()), "rows_are_true_labels", new Json.Arr(lines)));
    }

    /** What is normal for this model: inputs as in the training rows, answers as on the hold-out rows. */
    private static Json reference(TrainingSet set, Evaluation.Answers answers) {
        int[] predicted = Arrays.stream(answers.best())
                .map(position -> answers.labels().code(position))
                .toArray();
        List<Product> products = set.train().products();
        float[] confidence = answers.confidence().clone();
        Arrays.sort(confidence);
        float[] kept = new float[Math.min(QUANTILES, confidence.length)];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = confidence[position(i, kept.length, confidence.length)];
        }
        return object(Map.of(
                "train_rows", Json.of(set.train().rows()),
                "labels", counts(set.train().labels()),
                "predicted", counts(predicted),
                "designation_length",
                        lengths(products, product -> product.designation().length()),
                "description_length",
                        lengths(products, product -> product.description().length()),
                "text_length",
                        lengths(
                                products,
                                product -> product.designation().length()
                                        + product.description().length()),
                "confidence", Json.of(kept)));
    }

    private static Json counts(int[] labels) {
        SortedMap<String, Json> counts = new TreeMap<>();
        StratifiedSplit.counts(labels).forEach((code, count) -> counts.put(Integer.toString(code), Json.of(count)));
        return object(counts);
    }

    private static Json lengths(List<Product> products, ToIntFunction<Product> length) {
        int[] sorted = products.stream().mapToInt(length).sorted().toArray();
        int[] kept = new int[Math.min(QUANTILES, sorted.length)];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = sorted[position(i, kept.length, sorted.length)];
        }
        return Json.of(kept);
    }

    /** Position of the i-th of {@code kept} evenly spaced values among {@code all}, first and last included. */
    private static int position(int i, int kept, int all) {
        return kept == 1 ? 0 : (int) Math.round((double) i * (all - 1) / (kept - 1));
    }

    private static Json object(Map<String, Json> members) {
        return new Json.Obj(new TreeMap<>(members));
    }
}
