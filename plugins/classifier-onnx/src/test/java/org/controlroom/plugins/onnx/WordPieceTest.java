package org.controlroom.plugins.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordPieceTest {

    private static final List<String> VOCABULARY = List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "chaise", "pli", "##ante", "ete", ",", "4", "##0", "cm", "\u6905");

    private static List<String> pieces(String text, int max) {
        long[] ids = new WordPiece(VOCABULARY, true).encode(text, max);
        return java.util.Arrays.stream(ids)
                .mapToObj(id -> VOCABULARY.get((int) id))
                .toList();
    }

    @Test
    void wordsAreCutIntoTheLongestPieces() {
        assertThat(pieces("Chaise PLIANTE, 40cm cm", 20))
                .containsExactly("[CLS]", "chaise", "pli", "##ante", ",", "[UNK]", "cm", "[SEP]");
    }

    @Test
    void accentsAndControlCharactersAreDropped() {
        assertThat(pieces("\u00c9t\u00e9\u0000\u200b\u00a0E\u0301te\u0301", 20))
                .containsExactly("[CLS]", "ete", "ete", "[SEP]");
    }

    @Test
    void ideographsAreWordsOfTheirOwn() {
        assertThat(pieces("chaise\u6905chaise", 20)).containsExactly("[CLS]", "chaise", "\u6905", "chaise", "[SEP]");
    }

    @Test
    void aLongTextEndsWithTheEndAllTheSame() {
        assertThat(pieces("chaise pliante chaise", 4)).containsExactly("[CLS]", "chaise", "pli", "[SEP]");
        assertThat(pieces("", 4)).containsExactly("[CLS]", "[SEP]");
    }
}
