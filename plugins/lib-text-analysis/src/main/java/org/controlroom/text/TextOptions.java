package org.controlroom.text;

import java.util.Objects;

/**
 * How texts are analysed.
 *
 * @param cleaning what is removed first
 * @param lowerCase whether upper case is lowered
 * @param foldAccents whether accents are removed
 * @param stopWords words that are dropped before n-grams are made
 * @param minTokenLength shortest word kept, in characters, 1 or more
 */
public record TextOptions(
        Cleaning cleaning, boolean lowerCase, boolean foldAccents, StopWords stopWords, int minTokenLength) {

    public TextOptions {
        Objects.requireNonNull(cleaning, "cleaning");
        Objects.requireNonNull(stopWords, "stopWords");
        if (minTokenLength < 1) {
            throw new IllegalArgumentException(
                    "text options: minTokenLength=" + minTokenLength + "; must be 1 or more");
        }
        if (cleaning == Cleaning.ALL && !lowerCase) {
            throw new IllegalArgumentException("text options: cleaning=ALL needs lowerCase=true");
        }
    }
}
