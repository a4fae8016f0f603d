package org.controlroom.spi.feature;

import java.io.IOException;
import java.io.OutputStream;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;

/** A fitted extractor. Immutable to its callers; every method may be called by many threads at once. */
public interface FeatureExtractor {

    FeatureSchema schema();

    /**
     * Clears {@code out} and fills it with the features of the product. Never fails on any text, however odd; a text
     * without known features gives an empty vector. Allocates nothing per term. Must not keep thread-local objects,
     * which would outlive the plugin.
     *
     * @param out owned by the caller; indices 0 to {@code schema().size() - 1}, unique; values finite
     */
    void extract(Product product, FeatureVector out);

    /** Writes the state in the plugin's own versioned binary format; the same extractor always writes the same bytes. */
    void save(OutputStream out) throws IOException;
}
