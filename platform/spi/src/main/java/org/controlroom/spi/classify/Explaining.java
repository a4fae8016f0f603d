package org.controlroom.spi.classify;

import org.controlroom.spi.FeatureVector;

/**
 * Extra ability of a {@link Classifier}: says how much each feature of a vector added to the score of one label. May be
 * called by many threads at once; may be slower than scoring, and may allocate.
 */
public interface Explaining {

    /**
     * Splits the score that {@link Classifier#score} gives to one label.
     *
     * <p>Bias and contributions are finite, and such that sums of any of them in any order are exact in {@code double}
     * arithmetic. All of them together, rounded to {@code float}, are the score with all its bits. (Where they cancel so
     * far that less than a 2<sup>-26</sup>th of them is left, the sum may differ from the score by a 2<sup>-50</sup>th of
     * their absolute values.)
     *
     * <p>Contributions are on the scale of the scores, before any calibration.
     *
     * @param vector as for {@link Classifier#score}
     * @param label position of the label, 0 to {@code labels().size()} - 1
     * @param out overwritten from 0 to {@code vector.size()} - 1: what the feature at that position of the vector added
     * @return what the label has without any feature. The same for all vectors, but for the rounding of the score; where a
     *     score is cut to the range of {@code float}, what was cut is in here
     */
    double explain(FeatureVector vector, int label, double[] out);
}
