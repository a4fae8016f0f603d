package org.controlroom.core.predict;

import java.time.InstantSource;
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

    private Prediction score(Product product, LiveModel live, boolean counted) {
        float[] probabilities = new float[live.model().labels().size()];
        if (counted) {
            live.model().answer(product, probabilities);
        } else {
            live.model().probabilities(product, probabilities);
        }
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
