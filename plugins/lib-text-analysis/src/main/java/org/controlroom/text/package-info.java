/**
 * Text analysis shared by the extractors that embed it: cleaning, accent folding, tokens, stop words and hashed n-grams,
 * all without allocation per term.
 *
 * <p>Not here: weights, vocabularies and anything that is learnt. Start with {@link org.controlroom.text.TextAnalyzer}.
 */
@NullMarked
package org.controlroom.text;

import org.jspecify.annotations.NullMarked;
