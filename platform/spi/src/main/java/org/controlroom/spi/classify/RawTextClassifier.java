package org.controlroom.spi.classify;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;

/**
 * A classifier that takes the text of a product as it is, without an extractor: a model that was trained elsewhere.
 * Immutable; every method but {@link #close} may be called by many threads at once.
 */
public interface RawTextClassifier extends AutoCloseable {

    Labels labels();

    /**
     * Scores one product. Higher is likelier; scores are finite. The same product gives the same bits. Never fails on any
     * text, however odd.
     *
     * <p>The platform makes probabilities of them as a model's calibration says; where there is none, each score becomes
     * {@code 1 / (1 + exp(-score))} and these are divided by their sum. A model that gives probabilities {@code p} itself
     * answers {@code ln(p / (1 - p))}, so that they come out again.
     *
     * @param out owned by the caller, at least one element a label; only those are overwritten, in label order
     */
    void score(Product product, float[] out);

    /**
     * Scores many products, as {@link #score} does each of them; a classifier that is faster with several at once does so.
     * Probabilities made of the scores are the same within 1e-5, because sums may be taken in another order. The platform
     * gives at most some hundreds of products, so that work can be cancelled in between.
     *
     * @param products may be empty
     * @param out owned by the caller, an array a product of at least one element a label; only those are overwritten, in
     *     label order
     */
    default void scoreAll(List<Product> products, float[][] out) {
        for (int i = 0; i < products.size(); i++) {
            score(products.get(i), out[i]);
        }
    }

    /** Writes the state in the plugin's own versioned binary format; the same classifier always writes the same bytes. */
    void save(OutputStream out) throws IOException;

    /** Gives back what the garbage collector does not know of. Called once no call is running; twice does no harm. */
    @Override
    void close();
}
