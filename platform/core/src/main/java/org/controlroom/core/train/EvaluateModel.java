package org.controlroom.core.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.SmokeSample;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.TrainingContext;

/** Answers the hold-out rows with the model as it will serve, loaded back from its files, and writes down how it did. */
final class EvaluateModel {

    private static final int SMOKE_SAMPLES = 24;
    private static final int SMOKE_TEXT_LENGTH = 4_000;
    private static final int ROWS_A_TASK = 256;

    private final ModelLoader loader;

    EvaluateModel(ModelLoader loader) {
        this.loader = loader;
    }

    /** @return the evaluation, which is also in the work folder as files */
    Evaluation evaluate(RunWork work, FeatureSchema schema, TrainingContext context) {
        TrainingSet set = work.set();
        Labels labels = Labels.of(set.train().labels());
        Manifest draft = new Manifest(
                ModelFolder.FORMAT_VERSION,
                work.extractor(),
                work.classifier(),
                schema,
                labels,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
        try (ServingModel model = loader.assemble(work.model(), draft)) {
            Evaluation.Answers answers = answers(model, set.test(), context);
            Evaluation evaluation = Evaluation.of(answers, set.test().labels());
            SortedMap<String, Double> figures = writeDown(work.folder(), set, answers, evaluation, true);
            ModelFolder.writeSmoke(work.model(), smoke(model, set.test().products()));
            work.keepFigures(figures);
            return evaluation;
        }
    }

    /**
     * Writes the files of an evaluation.
     *
     * @param work folder of them, and of the model's folder {@code model}
     * @param learnt whether the model was trained on the training side of the set
     * @return all figures under their metric names
     */
    static SortedMap<String, Double> writeDown(
            Path work, TrainingSet set, Evaluation.Answers answers, Evaluation evaluation, boolean learnt) {
        double baseline = Evaluation.constantF1Weighted(
                mostFrequent(set.train().labelsOfProducts()), set.test().labels());
        EvaluationFiles.write(work, set, answers, evaluation, baseline, learnt);
        EvaluationFiles.writeReference(work.resolve("model"), set, answers);
        SortedMap<String, Double> figures = evaluation.metrics();
        figures.put("baseline_f1_weighted", baseline);
        return figures;
    }

    static Evaluation.Answers answers(ServingModel model, TrainingSet.Part rows, TrainingContext context) {
        Evaluation.Answers answers = Evaluation.Answers.room(model.labels(), rows.rows());
        AtomicLong done = new AtomicLong();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int start = 0; start < rows.rows(); start += ROWS_A_TASK) {
            int from = start;
            int to = Math.min(rows.rows(), start + ROWS_A_TASK);
            tasks.add(() -> {
                context.progress().throwIfCancelled();
                float[][] probabilities = new float[to - from][model.labels().size()];
                model.probabilities(rows.products().subList(from, to), probabilities);
                for (int row = from; row < to; row++) {
                    answers.set(row, probabilities[row - from], rows.labels()[row]);
                }
                context.progress().report("answering hold-out rows", done.addAndGet(to - from), rows.rows());
                return to;
            });
        }
        context.runAll(tasks);
        return answers;
    }

    static int mostFrequent(int[] labels) {
        SortedMap<Integer, Long> counts = StratifiedSplit.counts(labels);
        int best = counts.firstKey();
        for (int code : counts.keySet()) {
            if (counts.getOrDefault(code, 0L) > counts.getOrDefault(best, 0L)) {
                best = code;
            }
        }
        return best;
    }

    /** Real rows from all over the hold-out, and some that are at the edge of what may come. */
    private static List<SmokeSample> smoke(ServingModel model, List<Product> products) {
        List<Product> chosen = new ArrayList<>(SmokeSample.EDGE_PRODUCTS);
        int step = Math.max(1, products.size() / SMOKE_SAMPLES);
        for (int i = 0; i < products.size() && chosen.size() < SMOKE_SAMPLES; i += step) {
            Product product = products.get(i);
            if (product.designation().length() + product.description().length() <= SMOKE_TEXT_LENGTH) {
                chosen.add(product);
            }
        }
        List<SmokeSample> samples = new ArrayList<>();
        for (Product product : chosen) {
            float[] probabilities = new float[model.labels().size()];
            float[] again = new float[probabilities.length];
            model.probabilities(product, probabilities);
            model.probabilities(product, again);
            if (!Arrays.equals(probabilities, again)) {
                throw new ControlRoomException(
                        ErrorCode.PLUGIN_FAILED,
                        "model of " + model.plugins() + " answers the same product differently each time");
            }
            samples.add(new SmokeSample(product, probabilities));
        }
        return samples;
    }
}
