package org.controlroom.sample;

import java.util.Map;

/**
 * One of the 27 product types with its own words.
 *
 * @param share listings of this type in about 10,000
 * @param family types of one family are easily taken for each other and borrow words
 */
record ProductType(int code, int share, String family, Map<Language, Texts> texts) {

    /** What one language has for a type; no list is empty. */
    record Texts(PhraseList nouns, PhraseList words, PhraseList lines) {}

    Texts in(Language language) {
        Texts found = texts.get(language);
        if (found == null) {
            throw new IllegalStateException("product type " + code + " has no words in " + language);
        }
        return found;
    }
}
