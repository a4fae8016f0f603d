package org.controlroom.core.promote;

import java.time.Duration;
import java.util.List;
import org.controlroom.core.artifact.SmokeSample;
import org.controlroom.core.predict.ServingModel;

/**
 * How much a model is exercised before it may answer, so that the JIT compiler has seen it.
 *
 * @param predictions predictions to make; 0 for none
 * @param atMost time after which it ends in any case
 */
public record WarmUp(int predictions, Duration atMost) {

    private static final Duration SHORT = Duration.ofMillis(200);

    public static final WarmUp NONE = new WarmUp(0, Duration.ZERO);

    /** Enough for the second compiler to finish with the scoring loops; about half a second on two cores. */
    public static final WarmUp DEFAULT = new WarmUp(20_000, Duration.ofSeconds(2));

    /** For a model whose code is compiled because another one runs on it. */
    WarmUp shortened() {
        return new WarmUp(Math.min(predictions, 1_000), atMost.compareTo(SHORT) < 0 ? atMost : SHORT);
    }

    /** @return predictions made */
    int run(ServingModel model, List<SmokeSample> samples) {
        float[] out = new float[model.labels().size()];
        long end = System.nanoTime() + atMost.toNanos();
        int done = 0;
        while (done < predictions && System.nanoTime() < end) {
            model.probabilities(samples.get(done++ % samples.size()).product(), out);
        }
        return done;
    }
}
