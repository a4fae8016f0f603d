package org.controlroom.ui.predictions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.controlroom.ui.client.Reasons;
import org.controlroom.ui.client.Reasons.Span;
import org.controlroom.ui.client.Reasons.Term;
import org.controlroom.ui.predictions.HighlightedText.Piece;
import org.junit.jupiter.api.Test;

class HighlightedTextTest {

    private static Term term(double contribution, Span... spans) {
        return new Term("t", "textWords", contribution, List.of(spans), List.of());
    }

    private static HighlightedText.Marked mark(String designation, String description, Term... terms) {
        return HighlightedText.mark(designation, description, new Reasons(10, 0, 0, List.of(terms), 0, 0));
    }

    @Test
    void whatTermsOnTopOfEachOtherAddIsAddedUp() {
        HighlightedText.Marked marked = mark(
                "lampe led blanche",
                "",
                term(0.5, new Span("designation", 0, 9)),
                term(-0.75, new Span("designation", 6, 9)),
                term(-0.25, new Span("designation", 10, 17)));
        assertThat(marked.designation())
                .containsExactly(
                        new Piece("lampe ", 0.5, 3),
                        new Piece("led", -0.25, 2),
                        new Piece(" ", 0, 0),
                        new Piece("blanche", -0.25, 2));
        assertThat(marked.designation().get(0).isFor()).isTrue();
        assertThat(marked.designation().get(1).isAgainst()).isTrue();
        assertThat(marked.designation().get(2).isFor()).isFalse();
    }

    @Test
    void aTermCountsOnceOnACharacterHoweverItsPlacesOverlap() {
        HighlightedText.Marked marked =
                mark("", "aaaa", term(1, new Span("description", 0, 2), new Span("description", 1, 3)));
        assertThat(marked.description()).containsExactly(new Piece("aaa", 1, 3), new Piece("a", 0, 0));
    }

    @Test
    void nothingOfTheTextIsLostWhateverThePlaces() {
        String text = "<b>caf&eacute;</b> \ud83d\ude00 \u00e9t\u00e9";
        HighlightedText.Marked marked = mark(
                text,
                text,
                term(0.2, new Span("designation", 3, 14), new Span("description", 19, 21)),
                term(-0.1, new Span("description", 2, 900)));
        for (List<Piece> pieces : List.of(marked.designation(), marked.description())) {
            assertThat(pieces.stream().map(Piece::text).collect(Collectors.joining()))
                    .isEqualTo(text);
        }
        assertThat(mark("", "", term(1)).designation()).isEmpty();
    }
}
