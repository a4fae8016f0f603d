package org.controlroom.spi.classify;

import java.io.IOException;
import java.io.OutputStream;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;

/** A trained classifier. Immutable; every method may be called by many threads at once. */
public interface Classifier {

    Labels labels();

    /** Number of features of the vectors it was trained on. */
    int featureCount();

    /**
     * Scores one vector. Higher is likelier; scores are finite, on the classifier's own scale, and are not probabilities
     * (the platform calibrates them). The same vector gives the same bits. Allocates nothing.
     *
     * @param vector indices 0 to {@link #featureCount()} - 1; may be empty
     * @param out overwritten; at least {@code labels().size()} long, position = label position
     */
    void score(FeatureVector vector, float[] out);

    /** Writes the state in the plugin's own versioned binary format; the same classifier always writes the same bytes. */
    void save(OutputStream out) throws IOException;
}
