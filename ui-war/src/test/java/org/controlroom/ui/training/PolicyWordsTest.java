package org.controlroom.ui.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.PromotionDecision;
import org.controlroom.ui.client.PromotionDecision.Check;
import org.controlroom.ui.client.PromotionDecision.Label;
import org.controlroom.ui.client.PromotionDecision.Metric;
import org.controlroom.ui.client.RegistryClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyWordsTest {

    private static final String ENGLISH = "weighted F1 0.8 is not better";

    @SuppressWarnings("UnnecessaryAssignment") // no container injects here
    private static PolicyWords words(Locale language) {
        Web web = new Web() {
            @Override
            public Locale locale() {
                return language;
            }

            @Override
            String textOr(String key, String otherwise) {
                return key.equals("name.f1_weighted") ? "F1 pondéré" : otherwise;
            }
        };
        PolicyWords words = new PolicyWords();
        words.web = web;
        words.client = new RegistryClient() {
            @Override
            public Listed<PromotionDecision> decisions(
                    String name, @Nullable String version, @Nullable String outcome, @Nullable String cursor) {
                return new Listed<>(List.of(), null);
            }
        };
        words.shown = new Shown();
        words.shown.web = web;
        return words;
    }

    private static PromotionDecision decision(String outcome, List<Check> checks, List<Label> classes) {
        return decision(outcome, ENGLISH, checks, classes);
    }

    private static PromotionDecision decision(String outcome, String reason, List<Check> checks, List<Label> classes) {
        return new PromotionDecision(
                7L,
                "4",
                "3",
                null,
                "api",
                outcome,
                reason,
                new PromotionDecision.Rules("f1_weighted", 0.75, 0.005, 0.05),
                100,
                outcome.equals("refused") ? 12 : 0,
                "hash",
                true,
                checks,
                List.of(new Metric("f1_weighted", 0.8, 0.81)),
                classes);
    }

    private static final List<Check> REFUSED = List.of(
            new Check("threshold", true, "t"), new Check("margin", false, "m"), new Check("classes", false, "c"));

    @Test
    void aRefusalSaysWhatSpokeAgainstItWithTheFigures() {
        PromotionDecision refused = decision(
                "refused",
                REFUSED,
                List.of(new Label(10, 40, 0.5, 0.7, 0.1, true), new Label(20, 40, 0.7, 0.7, 0.1, false)));
        assertThat(words(Locale.FRENCH).reason(refused))
                .isEqualTo(
                        "F1 pondéré de 0,8000, pas meilleur de plus de 0,0050 que celui de la version 3 en service (0,8100)"
                                + " sur les mêmes lignes ; le F1 baisse trop par rapport à la version 3 en service pour la classe 10"
                                + " (de 0,7000 à 0,5000 sur 40 lignes, où 0,1000 est permis) ; l’autre version a été divisée autrement"
                                + " et a pu apprendre 12 de ces lignes");
    }

    @Test
    void whatTheServerWritesItselfIsSaidInTheReadersLanguageAndWhatPeopleWroteStays() {
        PolicyWords french = words(Locale.FRENCH);
        assertThat(french.said("rolled back from version 2: it's {0}\nworse"))
                .isEqualTo("retour depuis la version 2 : it's {0}\nworse");
        assertThat(french.pointsOf("alias 'production' was moved in the registry at http://m:5000"))
                .containsExactly("l’alias « production » a été déplacé dans le registre http://m:5000");
        assertThat(french.said("the registry at http://m:5000 has come into use and has it in production"))
                .isEqualTo("le registre http://m:5000 est maintenant utilisé, et l’a en production");
        assertThat(french.said("we rolled back from version 2: toys")).isEqualTo("we rolled back from version 2: toys");
    }

    @Test
    void eachThingThatSpokeAgainstAVersionIsAPointOfItsOwn() {
        PromotionDecision refused = decision("refused", REFUSED, List.of());
        assertThat(words(Locale.FRENCH).list(refused))
                .hasSize(3)
                .satisfies(points -> assertThat(points.get(0)).startsWith("F1 pondéré de 0,8000, pas meilleur"))
                .satisfies(points -> assertThat(points.get(2)).startsWith("L’autre version a été divisée"));
    }

    @Test
    void inEnglishThePointsAreTheApisOwnWithItsRemarksAfterThem() {
        PromotionDecision refused = decision("refused", "m; c; measured now; 12 of these rows", REFUSED, List.of());
        assertThat(words(Locale.ENGLISH).points(refused)).containsExactly("m", "c", "measured now", "12 of these rows");
        assertThat(words(Locale.ENGLISH).points(decision("refused", List.of(), List.of())))
                .containsExactly(ENGLISH);
    }

    @Test
    void withoutTheFiguresOfTheClassesTheyAreNotNamed() {
        assertThat(words(Locale.FRENCH).check(decision("refused", REFUSED, List.of()), REFUSED.get(2)))
                .isEqualTo("le F1 d’une classe au moins baisse trop par rapport à la version 3 en service");
    }

    @Test
    void aPromotionSaysWhatSpokeForIt() {
        PromotionDecision promoted = decision(
                "promoted", List.of(new Check("threshold", true, "t"), new Check("classes", true, "c")), List.of());
        assertThat(words(Locale.FRENCH).reason(promoted))
                .startsWith("F1 pondéré de 0,8000 : le minimum de 0,7500 est atteint ; aucune classe ne perd");
    }

    @Test
    void englishAndARuleOfANewerServerAreAsTheApiSaysThem() {
        PromotionDecision refused = decision("refused", REFUSED, List.of());
        assertThat(words(Locale.ENGLISH).reason(refused)).isEqualTo(ENGLISH);
        assertThat(words(Locale.ENGLISH).check(refused, REFUSED.get(1))).isEqualTo("m");
        assertThat(words(Locale.FRENCH).check(refused, new Check("latency", false, "too slow")))
                .isEqualTo("too slow");
    }
}
