package org.controlroom.core.model;

import java.util.List;
import java.util.Optional;
import org.controlroom.spi.feature.TextSpan;

/**
 * Why a prediction is what it is.
 *
 * @param answer for the predicted label
 * @param runnerUp for the second most likely one; empty when the model knows one label only
 */
public record Explanation(Label answer, Optional<Label> runnerUp) {

    /**
     * What one label's score is made of, before calibration: {@code bias + contributions of the terms + rest = score},
     * exactly, in any order, in {@code double} arithmetic.
     *
     * @param code product type code
     * @param bias what the label has without any term
     * @param terms those that spoke most for and against it, the strongest first
     * @param rest what all other terms added together
     * @param otherTerms how many those are
     * @param score rounded to {@code float}, it is the classifier's score
     */
    public record Label(int code, double bias, List<Term> terms, double rest, int otherTerms, double score) {}

    /**
     * One feature of the product.
     *
     * @param places the terms that it stands for and where they are; several when terms share a hashed feature
     * @param contribution what it added to the score; negative when it spoke against the label
     */
    public record Term(List<Place> places, double contribution) {}

    /**
     * @param term as the extractor sees it
     * @param source the extractor's name for the kind of term
     * @param spans where it stands in the text as it was sent
     */
    public record Place(String term, String source, List<TextSpan> spans) {}
}
