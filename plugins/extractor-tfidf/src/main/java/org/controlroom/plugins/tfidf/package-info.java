/**
 * The plugin extractor-tfidf: fields of hashed word and character n-grams, weighted by term frequency and inverse document
 * frequency.
 *
 * <p>Not here: cleaning and tokens, which the embedded package {@code org.controlroom.text} does. Start with
 * {@link org.controlroom.plugins.tfidf.TfidfExtractorFactory}.
 */
@NullMarked
package org.controlroom.plugins.tfidf;

import org.jspecify.annotations.NullMarked;
