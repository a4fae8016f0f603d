package org.controlroom.core.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.PromotionDecision.Check;
import org.controlroom.core.model.PromotionDecision.ClassPair;
import org.controlroom.core.model.PromotionRules;
import org.controlroom.core.promote.PromotionPolicy.Figures;
import org.controlroom.core.promote.PromotionPolicy.Measured;
import org.controlroom.core.promote.PromotionPolicy.Verdict;
import org.junit.jupiter.api.Test;

class PromotionPolicyTest {

    private static final SortedMap<Integer, Long> SUPPORT = new TreeMap<>(Map.of(10, 1_000L, 20, 1_000L, 30, 25L));

    private static Measured measured(String version, double f1, double ten, double twenty, double thirty) {
        return new Measured(
                version,
                new TreeMap<>(Map.of("f1_weighted", f1, "f1_macro", f1 - 0.1, "accuracy", f1 + 0.01)),
                new TreeMap<>(Map.of(10, ten, 20, twenty, 30, thirty)));
    }

    private static Measured measured(String version, double f1) {
        return measured(version, f1, f1, f1, f1);
    }

    private static Verdict judge(Measured candidate, Measured live) {
        return PromotionPolicy.DEFAULT.judge(new Figures(candidate, live, 0.1, SUPPORT));
    }

    private static boolean passed(Verdict verdict, String rule) {
        return verdict.checks().stream()
                .filter(check -> check.rule().equals(rule))
                .findFirst()
                .orElseThrow()
                .passed();
    }

    @Test
    void theFirstModelMustBeatTheMajorityBaseline() {
        assertThat(judge(measured("1", 0.4), null).promote()).isTrue();
        Verdict refused = judge(measured("1", 0.1), null);
        assertThat(refused.promote()).isFalse();
        assertThat(refused.reason())
                .isEqualTo(
                        "no model is live, and weighted F1 0.1000 is not better than the majority baseline's 0.1000");
    }

    @Test
    void aLaterModelMustReachTheThreshold() {
        Verdict refused = judge(measured("4", 0.74), measured("3", 0.6));
        assertThat(refused.promote()).isFalse();
        assertThat(refused.reason()).isEqualTo("weighted F1 0.7400 is below the minimum 0.7500");
        assertThat(judge(measured("4", 0.75), measured("3", 0.6)).promote()).isTrue();
    }

    @Test
    void aLaterModelMustBeBetterByMoreThanTheMargin() {
        Verdict refused = judge(measured("4", 0.8049), measured("3", 0.8));
        assertThat(passed(refused, "threshold")).isTrue();
        assertThat(passed(refused, "margin")).isFalse();
        assertThat(refused.reason())
                .isEqualTo("weighted F1 0.8049 is not better than live version 3's 0.8000 by more than 0.0050 on the"
                        + " same rows");
        assertThat(judge(measured("4", 0.8051), measured("3", 0.8)).promote()).isTrue();
    }

    @Test
    void noLabelMayFallTooFar() {
        Verdict refused = judge(measured("4", 0.9, 0.74, 0.99, 0.9), measured("3", 0.8));
        assertThat(passed(refused, "classes")).isFalse();
        assertThat(refused.reason())
                .isEqualTo("F1 falls too far for label 10 from 0.8000 to 0.7400 on 1000 rows, where 0.0500 is allowed");
        assertThat(refused.classes()).extracting(ClassPair::fell).containsExactly(true, false, false);
        assertThat(judge(measured("4", 0.9, 0.76, 0.99, 0.9), measured("3", 0.8))
                        .promote())
                .isTrue();
    }

    @Test
    void aLabelWithFewRowsMayFallFurtherBecauseItSaysLess() {
        assertThat(judge(measured("4", 0.9, 0.9, 0.9, 0.61), measured("3", 0.8)).promote())
                .isTrue();
        assertThat(judge(measured("4", 0.9, 0.9, 0.9, 0.59), measured("3", 0.8)).promote())
                .isFalse();
        assertThat(PromotionRules.DEFAULT.allowedDrop(25)).isCloseTo(0.2, within(1e-12));
        assertThat(PromotionRules.DEFAULT.allowedDrop(400)).isCloseTo(0.05, within(1e-12));
        assertThat(PromotionRules.DEFAULT.allowedDrop(4_000)).isCloseTo(0.05, within(1e-12));
        assertThat(PromotionRules.DEFAULT.allowedDrop(0)).isEqualTo(1);
    }

    @Test
    void aLabelThatTheNewModelDoesNotKnowFallsToNothing() {
        Measured candidate = measured("4", 0.9);
        candidate.f1().remove(20);
        assertThat(judge(candidate, measured("3", 0.8)).reason()).contains("label 20 from 0.8000 to 0.0000");
    }

    @Test
    void whatIsMetIsSaidTooWhenAllIsMet() {
        Verdict verdict = judge(measured("4", 0.9), measured("3", 0.8));
        assertThat(verdict.checks()).extracting(Check::passed).containsExactly(true, true, true);
        assertThat(verdict.reason())
                .isEqualTo("weighted F1 0.9000 reaches the minimum 0.7500; weighted F1 0.9000 is better than live"
                        + " version 3's 0.8000 by more than 0.0050 on the same rows; no label's F1 falls too far below"
                        + " that of live version 3");
    }

    @Test
    void anotherMetricCanSelect() {
        PromotionPolicy macro = new PromotionPolicy(new PromotionRules("f1_macro", 0.75, 0.005, 0.05));
        Verdict refused = macro.judge(new Figures(measured("4", 0.8), measured("3", 0.7), 0.1, SUPPORT));
        assertThat(refused.reason()).isEqualTo("macro F1 0.7000 is below the minimum 0.7500");
    }

    @Test
    void rulesOutsideTheirLimitsAreRefused() {
        assertThatThrownBy(() -> new PromotionRules("log_loss", 0.75, 0.005, 0.05))
                .hasMessage("promotion rules: metric=log_loss; must be one of [f1_weighted, f1_macro, accuracy]");
        assertThatThrownBy(() -> new PromotionRules("accuracy", 0.75, 1.5, 0.05))
                .hasMessage("promotion rules: margin=1.5; must be 0..1");
    }
}
