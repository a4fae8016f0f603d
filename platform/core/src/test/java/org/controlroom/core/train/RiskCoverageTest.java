package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.controlroom.spi.Labels;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {

    /** Confidences 0.9 right, 0.8 wrong, 0.8 right, 0.6 wrong. */
    private static final RiskCoverage CURVE =
            RiskCoverage.of(answers(0.8f, 0.6f, 0.9f, 0.8f), new int[] {20, 20, 10, 10});

    private static Evaluation.Answers answers(float... confidence) {
        Evaluation.Answers answers = Evaluation.Answers.room(Labels.of(10, 20), confidence.length);
        for (int row = 0; row < confidence.length; row++) {
            answers.set(row, new float[] {confidence[row], 1 - confidence[row]}, 10);
        }
        return answers;
    }

    @Test
    void aPointSaysHowManyAreAnsweredAndHowManyOfThoseAreWrong() {
        assertThat(CURVE.points()).extracting(RiskCoverage.Point::coverage).containsExactly(0.25, 0.75, 1.0);
        assertThat(CURVE.points()).extracting(RiskCoverage.Point::risk).containsExactly(0.0, 1 / 3.0, 0.5);
        assertThat(CURVE.points().get(1).confidence()).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void theAreaIsTheMeanRiskOverAllRows() {
        assertThat(CURVE.area()).isCloseTo((0 + 2 / 3.0 + 0.5) / 4, within(1e-12));
    }

    @Test
    void theLastPointIsTheErrorOfAnsweringAll() {
        Evaluation.Answers all = answers(0.7f, 0.7f, 0.7f);
        RiskCoverage one = RiskCoverage.of(all, new int[] {10, 20, 20});
        assertThat(one.points()).hasSize(1);
        assertThat(one.points().get(0).risk()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(one.area()).isCloseTo(2 / 3.0, within(1e-12));
    }
}
