package org.controlroom.core.model;

import java.time.Instant;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;

/**
 * One answered prediction.
 *
 * @param id {@code pred_} and a unique rest
 * @param time when it was made
 * @param product what was asked
 * @param labels all labels of the model
 * @param probabilities one a label, in label order, summing to 1; not changed after construction
 * @param best position of the most likely label; ties go to the smaller code
 * @param modelName registered model that answered
 * @param modelVersion its version
 * @param modelStage its stage at that moment, for example {@code Production}
 */
public record Prediction(
        String id,
        Instant time,
        Product product,
        Labels labels,
        float[] probabilities,
        int best,
        String modelName,
        String modelVersion,
        String modelStage) {

    /** The predicted product type code. */
    public int label() {
        return labels.code(best);
    }

    /** Probability of {@link #label()}, 0..1. */
    public float confidence() {
        return probabilities[best];
    }

    /** Characters of designation and description together. */
    public int textLength() {
        return product.designation().length() + product.description().length();
    }
}
