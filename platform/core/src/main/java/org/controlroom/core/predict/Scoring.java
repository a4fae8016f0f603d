package org.controlroom.core.predict;

import java.util.List;
import org.controlroom.spi.Product;

/** The part of a model that a plugin gives, with the leases on it: how a product becomes scores. Thread-safe. */
sealed interface Scoring extends AutoCloseable permits VectorScoring, TextScoring {

    /**
     * @param out overwritten; one a label, in label order
     * @param counted whether somebody asked, so that it is counted as a call of each plugin
     */
    void score(Product product, float[] out, boolean counted);

    /**
     * The same for several products; nothing is counted when it fails.
     *
     * @param out an array a product
     */
    void scoreAll(List<Product> products, float[][] out, boolean counted);

    /** Whether several products at once take less time than one after the other. */
    boolean together();

    /** The plugin versions that run it now, for example {@code extractor-tfidf 1.2.0}; extractor first. */
    List<String> plugins();

    /** To be called once no call is running. Closing twice does nothing. */
    @Override
    void close();
}
