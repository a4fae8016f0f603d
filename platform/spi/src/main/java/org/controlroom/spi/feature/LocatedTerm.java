package org.controlroom.spi.feature;

import java.util.List;
import java.util.Objects;

/**
 * One term of a product.
 *
 * @param feature index of the feature that it counts for
 * @param term as the extractor sees it, for example in lower case and without accents; not empty
 * @param source the extractor's own name for the kind of term, for example {@code titleWords}
 * @param spans where it stands in the product's text, first the designation's, then the description's; at least one. A term
 *     that begins in one field and ends in the other has two
 */
public record LocatedTerm(int feature, String term, String source, List<TextSpan> spans) {

    public LocatedTerm {
        Objects.requireNonNull(source, "source");
        spans = List.copyOf(spans);
        if (term.isEmpty() || spans.isEmpty()) {
            throw new IllegalArgumentException("located term: term='" + term + "', spans=" + spans.size()
                    + "; both must have at least one element");
        }
    }
}
