package org.controlroom.core.predict;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.controlroom.core.model.ExplainedPrediction;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.port.PredictionLog;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.Product;

/** Answers predictions with the live model. Thread-safe. Errors are counted where they are answered, not here. */
public final class ServePrediction {

    private final LiveModels models;
    private final PredictionLog log;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final PredictionIds ids;

    /** @param random read once, for the part of the ids that tells processes apart */
    public ServePrediction(
            LiveModels models, PredictionLog log, Telemetry telemetry, InstantSource clock, RandomGenerator random) {
        this.models = models;
        this.log = log;
        this.telemetry = telemetry;
        this.clock = clock;
        this.ids = new PredictionIds(clock, random);
    }

    /** {@link #predict(Product, long)} for a request that arrived now. */
    public Prediction predict(Product product) {
        return predict(product, System.nanoTime());
    }

    /**
     * Predicts, appends to the prediction log and counts.
     *
     * @param product within {@link ProductLimits}
     * @param arrivedNanos {@link System#nanoTime()} at the arrival of the request
     * @throws org.controlroom.spi.ControlRoomException NO_LIVE_MODEL, OVERLOADED, PLUGIN_FAILED, STORAGE_FAILED
     */
    public Prediction predict(Product product, long arrivedNanos) {
        Prediction prediction;
        try (LiveModel live = models.acquire()) {
            prediction = score(product, live, true);
        }
        record(prediction, arrivedNanos);
        return prediction;
    }

    private void record(Prediction prediction, long arrivedNanos) {
        log.append(prediction);
        telemetry.predicted(prediction, (System.nanoTime() - arrivedNanos) * 1e-9);
    }

    /**
     * As {@link #predict(Product, long)}, with the reasons, by one and the same model. A prediction that cannot be explained
     * is not made.
     *
     * @param termsEachWay terms for and terms against to show at most, 1 or more
     * @throws org.controlroom.spi.ControlRoomException as {@link #predict(Product, long)}; CONFLICT when a plugin of the
     *     model cannot explain
     */
    public ExplainedPrediction predictAndExplain(Product product, int termsEachWay, long arrivedNanos) {
        ExplainedPrediction explained;
        try (LiveModel live = models.acquire()) {
            live.model().checkExplains();
            Prediction prediction = score(product, live, true);
            explained = new ExplainedPrediction(
                    prediction, live.model().explain(product, prediction.probabilities(), termsEachWay));
        }
        record(explained.prediction(), arrivedNanos);
        return explained;
    }

    /**
     * Predicts, and neither logs nor counts: for trials, and for batches whose caller logs.
     *
     * @throws org.controlroom.spi.ControlRoomException NO_LIVE_MODEL, OVERLOADED, PLUGIN_FAILED
     */
    public Prediction score(Product product) {
        try (LiveModel live = models.acquire()) {
            return score(product, live, false);
        }
    }

    /** Hears of each product of {@link #predictAll}. */
    public interface Answers {

        /** @param row position of the product */
        void predicted(int row, Prediction prediction);

        void failed(int row, Throwable reason);
    }

    /**
     * {@link #predict(Product)} for each of the products, in their order. A model that is faster with several at once gets
     * them so; probabilities may then differ by 1e-5. A product that fails does not keep the others from their answers.
     */
    public void predictAll(List<Product> products, Answers answers) {
        long arrived = System.nanoTime();
        List<Prediction> together = together(products);
        long each = together.isEmpty() ? 0 : (System.nanoTime() - arrived) / together.size();
        for (int row = 0; row < products.size(); row++) {
            Prediction prediction;
            try {
                if (together.isEmpty()) {
                    prediction = predict(products.get(row));
                } else {
                    prediction = together.get(row);
                    record(prediction, System.nanoTime() - each);
                }
            } catch (RuntimeException | LinkageError e) {
                answers.failed(row, e);
                continue;
            }
            answers.predicted(row, prediction);
        }
    }

    /** Answers of all, neither logged nor counted; none when that is no gain or one of them fails. */
    private List<Prediction> together(List<Product> products) {
        if (products.size() < 2) {
            return List.of();
        }
        try (LiveModel live = models.acquire()) {
            if (!live.model().answersTogether()) {
                return List.of();
            }
            float[][] probabilities =
                    new float[products.size()][live.model().labels().size()];
            live.model().answer(products, probabilities);
            List<Prediction> predictions = new ArrayList<>(products.size());
            for (int row = 0; row < products.size(); row++) {
                predictions.add(prediction(products.get(row), probabilities[row], live));
            }
            return predictions;
        } catch (RuntimeException | LinkageError e) {
            // One after the other they show which of them it is.
            return List.of();
        }
    }

    private Prediction score(Product product, LiveModel live, boolean counted) {
        float[] probabilities = new float[live.model().labels().size()];
        if (counted) {
            live.model().answer(product, probabilities);
        } else {
            live.model().probabilities(product, probabilities);
        }
        return prediction(product, probabilities, live);
    }

    private Prediction prediction(Product product, float[] probabilities, LiveModel live) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return new Prediction(
                ids.next(),
                clock.instant(),
                product,
                live.model().labels(),
                probabilities,
                best,
                live.version().name(),
                live.version().version(),
                live.stage());
    }
}
