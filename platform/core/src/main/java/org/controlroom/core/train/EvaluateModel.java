package org.controlroom.core.train;

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

    /** At the edge of what may come. */
    static final List<Product> EDGE_PRODUCTS = List.of(
            new Product("x", ""),
            new Product("\u00c9tui <b>souple</b> &amp; \ud83d\ude00 \u0646\u0635", "1234567890 \u4e2d\u6587 a\u0308"));

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
            double baseline = Evaluation.constantF1Weighted(
                    mostFrequent(set.train().labelsOfProducts()), set.test().labels());
            EvaluationFiles.write(work, set, answers, evaluation, baseline);
            ModelFolder.writeSmoke(work.model(), smoke(model, set.test().products()));
            SortedMap<String, Double> figures = evaluation.metrics();
            figures.put("baseline_f1_weighted", baseline);
            work.keepFigures(figures);
            return evaluation;
        }
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
                float[] probabilities = new float[model.labels().size()];
                for (int row = from; row < to; row++) {
                    model.probabilities(rows.products().get(row), probabilities);
                    answers.set(row, probabilities, rows.labels()[row]);
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
        List<Product> chosen = new ArrayList<>(EDGE_PRODUCTS);
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
