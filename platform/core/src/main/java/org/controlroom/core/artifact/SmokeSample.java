package org.controlroom.core.artifact;

import java.util.List;
import org.controlroom.spi.Product;

/**
 * A product whose answer is known, to find out whether a loaded model still answers the same.
 *
 * @param probabilities of every label, as the model gave them right after training
 */
public record SmokeSample(Product product, float[] probabilities) {

    /** At the edge of what may come; every model has them among its samples. */
    public static final List<Product> EDGE_PRODUCTS = List.of(
            new Product("x", ""),
            new Product("\u00c9tui <b>souple</b> &amp; \ud83d\ude00 \u0646\u0635", "1234567890 \u4e2d\u6587 a\u0308"));
}
