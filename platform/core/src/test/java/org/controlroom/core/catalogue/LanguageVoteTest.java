package org.controlroom.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;

class LanguageVoteTest {

    private static String vote(String designation, String description) {
        return LanguageVote.of(new Product(designation, description));
    }

    @Test
    void eachLanguageIsToldByItsStopWords() {
        assertThat(vote("Piscine tubulaire avec pompe", "Idéale pour le jardin"))
                .isEqualTo("fr");
        assertThat(vote("Book of the year", "")).isEqualTo("en");
        assertThat(vote("Schreibtisch", "Mit einer Schublade, FÜR das Büro")).isEqualTo("de");
    }

    @Test
    void aTitleWithoutStopWordsOrWithOneOnlyIsUnknown() {
        assertThat(vote("Lego Star Wars 75192", "")).isEqualTo("unknown");
        assertThat(vote("The Witcher 3", "")).isEqualTo("unknown");
        assertThat(vote("", "")).isEqualTo("unknown");
    }

    @Test
    void equallyManyVotesForTwoLanguagesAreUnknown() {
        assertThat(vote("le livre pour tous", "this is with")).isEqualTo("unknown");
        assertThat(vote("das ist", "le pour")).isEqualTo("unknown");
        assertThat(vote("das ist nicht", "le pour and the of")).isEqualTo("unknown");
    }

    @Test
    void wordsOfSeveralLanguagesDoNotVote() {
        assertThat(vote("on in des", "an so was")).isEqualTo("unknown");
    }

    @Test
    void onlyTheBeginningOfALongDescriptionIsRead() {
        assertThat(vote("x", "x ".repeat(1_500) + "the book of the year")).isEqualTo("unknown");
    }
}
