package org.controlroom.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class McNemarTest {

    /** Expected values: twice the cumulative binomial distribution, by exact integer arithmetic. */
    @Test
    void smallCountsGiveTheExactBinomialProbability() {
        assertThat(McNemar.of(1, 5).pValue()).isCloseTo(2 * (1 + 6) / 64.0, within(1e-12));
        assertThat(McNemar.of(5, 15).pValue()).isCloseTo(EXACT_5_OF_20, within(1e-12));
        assertThat(McNemar.of(15, 5).pValue()).isEqualTo(McNemar.of(5, 15).pValue());
        assertThat(McNemar.of(0, 3).pValue()).isCloseTo(0.25, within(1e-12));
    }

    private static final double EXACT_5_OF_20 = 2 * (1 + 20 + 190 + 1_140 + 4_845 + 15_504) / 1_048_576.0;

    @Test
    void equalCountsAreNoDifference() {
        assertThat(McNemar.of(7, 7).pValue()).isEqualTo(1);
        assertThat(McNemar.of(0, 0)).isEqualTo(new McNemar(0, 0, 0, 1));
    }

    @Test
    void theStatisticHasTheContinuityCorrection() {
        assertThat(McNemar.of(15, 5).statistic()).isCloseTo(81 / 20.0, within(1e-12));
        assertThat(McNemar.of(7, 7).statistic()).isZero();
    }

    @Test
    void largeCountsDoNotUnderflow() {
        assertThat(McNemar.of(2_500, 2_600).pValue()).isCloseTo(0.165655878428, within(1e-9));
        assertThat(McNemar.of(10_000, 11_000).pValue()).isCloseTo(5.38539326968e-12, within(1e-20));
        assertThat(McNemar.of(0, 5_000).pValue()).isBetween(0.0, 1e-300);
    }
}
