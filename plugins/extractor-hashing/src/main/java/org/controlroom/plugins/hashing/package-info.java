/**
 * The plugin extractor-hashing: word and character n-grams at the positions that their hashes say, without a vocabulary.
 *
 * <p>Not here: cleaning and tokens, which the embedded package {@code org.controlroom.text} does. Start with
 * {@link org.controlroom.plugins.hashing.HashingExtractorFactory}.
 */
@NullMarked
package org.controlroom.plugins.hashing;

import org.jspecify.annotations.NullMarked;
