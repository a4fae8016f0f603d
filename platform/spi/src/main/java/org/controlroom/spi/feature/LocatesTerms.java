package org.controlroom.spi.feature;

import java.util.List;
import org.controlroom.spi.Product;

/**
 * Extra ability of a {@link FeatureExtractor}: says which terms of a product features stand for, and where in its text
 * they are. May be called by many threads at once; may be slower than extracting, and may allocate.
 */
public interface LocatesTerms {

    /**
     * Finds the terms behind features. A feature that several terms share (a hashed one) has all of them that occur.
     *
     * @param product any; nothing in it makes this fail
     * @param features indices as in {@link FeatureExtractor#extract}; those that the product does not have are passed over
     * @return at least one term for each given feature that extracting the product gives, in the order of their first
     *     occurrence; none for any other feature
     */
    List<LocatedTerm> locate(Product product, int[] features);
}
