package org.controlroom.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.controlroom.ui.client.ApiProblem.Reason;
import org.junit.jupiter.api.Test;

class ReasonTextsTest {

    private static final Reason UNKNOWN_LOAD = new Reason("load-unknown", List.of("1234"));

    @Test
    void aReasonIsSaidInFrenchWithItsValuesAsTheyAre() {
        assertThat(ReasonTexts.text(UNKNOWN_LOAD, Locale.FRENCH)).contains("le chargement 1234 n’existe pas");
        assertThat(ReasonTexts.text(UNKNOWN_LOAD, Locale.CANADA_FRENCH)).isPresent();
    }

    @Test
    void englishIsWhatTheApiSaysAndSoIsAReasonWithoutWords() {
        assertThat(ReasonTexts.text(UNKNOWN_LOAD, Locale.ENGLISH)).isEmpty();
        assertThat(ReasonTexts.text(new Reason("of-a-newer-server", List.of()), Locale.FRENCH))
                .isEmpty();
        assertThat(ReasonTexts.text(null, Locale.FRENCH)).isEmpty();
    }

    @Test
    void scriptsGetTheTextsWithTheirPlaces() {
        assertThat(ReasonTexts.json(Locale.FRENCH))
                .contains("\"load-unknown\":\"le chargement {0} n’existe pas\"")
                .doesNotContain("''");
        assertThat(ReasonTexts.json(Locale.ENGLISH)).isEqualTo("{}");
    }

    @Test
    void aReasonThatATagKeepsIsSaidInFrench() {
        Reason kept = Reason.parse("{\"key\": \"evaluation-held-out\",\"values\": [\"54\"]}");

        assertThat(ReasonTexts.text(kept, Locale.FRENCH).orElseThrow()).startsWith("sur les 54 lignes de test");
        assertThat(Reason.parse("")).isNull();
        assertThat(Reason.parse("[]")).isNull();
    }
}
