package org.controlroom.core.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.core.plot.Picture;
import org.controlroom.spi.Product;

/** Writes what an evaluation found as pictures and JSON files for people, and as JSON for drift detection. */
final class EvaluationFiles {

    private static final String EVALUATION = "evaluation.json";
    private static final String CLASS_NAMES = "class_names.json";

    /** Of each of these there is a picture {@code .png}, and its figures as {@code .json}. */
    private static final String CONFUSION = "confusion_matrix";

    private static final String CLASSES = "class_distribution";
    private static final String CALIBRATION = "calibration_plot";
    private static final String RISK = "risk_coverage";

    /** The files for people, which are artifacts of the run beside the model. */
    static final List<String> NAMES = Stream.concat(
                    Stream.of(EVALUATION, CLASS_NAMES, MisclassifiedProducts.FILE),
                    Stream.of(CONFUSION, CLASSES, CALIBRATION, RISK).flatMap(name -> Stream.of(json(name), png(name))))
            .sorted()
            .toList();

    /** Values kept of a distribution: enough for a Kolmogorov-Smirnov distance within 0.001. */
    private static final int QUANTILES = 1_001;

    private EvaluationFiles() {}

    private static String json(String name) {
        return name + ".json";
    }

    private static String png(String name) {
        return name + ".png";
    }

    /**
     * Writes all of {@link #NAMES} into the folder.
     *
     * @param learnt whether the model was trained on the training side of the set
     */
    static void write(
            Path folder,
            TrainingSet set,
            Evaluation.Answers answers,
            Evaluation evaluation,
            double baselineF1,
            boolean learnt) {
        ClassCounts counts = ClassCounts.of(set, answers);
        RiskCoverage risk = RiskCoverage.of(answers, set.test().labels());
        List<Json> names = new ArrayList<>();
        for (int code : evaluation.labels().toArray()) {
            names.add(Json.of(Integer.toString(code)));
        }
        SortedMap<String, Json> figures = new TreeMap<>(Map.of(
                EVALUATION,
                evaluation(set, evaluation, baselineF1),
                CLASS_NAMES,
                new Json.Arr(names),
                MisclassifiedProducts.FILE,
                MisclassifiedProducts.of(set.test(), answers).json(),
                json(CONFUSION),
                confusion(evaluation),
                json(CLASSES),
                classes(counts),
                json(CALIBRATION),
                calibration(evaluation),
                json(RISK),
                risk(risk)));
        figures.forEach((name, content) -> SafeFiles.write(folder.resolve(name), content.write()));
        SortedMap<String, Picture> pictures = new TreeMap<>(Map.of(
                CONFUSION, EvaluationPlots.confusion(evaluation),
                CLASSES, EvaluationPlots.classes(counts, learnt),
                CALIBRATION, EvaluationPlots.calibration(evaluation),
                RISK, EvaluationPlots.riskCoverage(evaluation, risk)));
        pictures.forEach((name, picture) -> SafeFiles.write(folder.resolve(png(name)), picture::writePng));
    }

    /** Writes what is normal for the model into its folder. */
    static void writeReference(Path model, TrainingSet set, Evaluation.Answers answers) {
        SafeFiles.write(
                model.resolve(ModelFolder.REFERENCE), reference(set, answers).write());
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
                "calibration_bins", bins(evaluation),
                "coverage", new Json.Arr(coverage)));
    }

    private static Json bins(Evaluation evaluation) {
        return new Json.Arr(Arrays.stream(evaluation.bins())
                .map(bin -> object(Map.of(
                        "rows", Json.of(bin.rows()),
                        "confidence", Json.of(bin.confidence()),
                        "accuracy", Json.of(bin.accuracy()))))
                .toList());
    }

    /** Bins are of equal width and cover confidences from 0 to 1. */
    private static Json calibration(Evaluation evaluation) {
        return object(Map.of("ece", Json.of(evaluation.ece()), "bins", bins(evaluation)));
    }

    private static Json classes(ClassCounts counts) {
        return object(Map.of(
                "labels", Json.of(counts.labels().toArray()),
                "train", whole(counts.train()),
                "test", whole(counts.test()),
                "predicted", whole(counts.predicted())));
    }

    private static Json whole(long[] numbers) {
        return new Json.Arr(Arrays.stream(numbers).mapToObj(Json::of).toList());
    }

    /** The curve at some of its points, first and last included; the area is that of all. */
    private static Json risk(RiskCoverage curve) {
        int all = curve.points().size();
        int kept = Math.min(QUANTILES, all);
        List<Json> confidence = new ArrayList<>();
        List<Json> coverage = new ArrayList<>();
        List<Json> risk = new ArrayList<>();
        for (int i = 0; i < kept; i++) {
            RiskCoverage.Point point = curve.points().get(position(i, kept, all));
            confidence.add(Json.of((float) point.confidence()));
            coverage.add(Json.of(point.coverage()));
            risk.add(Json.of(point.risk()));
        }
        return object(Map.of(
                "area", Json.of(curve.area()),
                "confidence", new Json.Arr(confidence),
                "coverage", new Json.Arr(coverage),
                "risk", new Json.Arr(risk)));
    }

    private static Json confusion(Evaluation evaluation) {
        List<Json> lines = Arrays.stream(evaluation.confusion())
                .map(EvaluationFiles::whole)
                .toList();
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
