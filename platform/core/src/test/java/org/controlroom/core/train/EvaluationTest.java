package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.controlroom.spi.Labels;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    /** Truth 10, 10, 10, 20, 20, 30 with answers 10, 10, 20, 20, 30, 30, all with confidence 0.6. */
    private static Evaluation example() {
        Labels labels = Labels.of(10, 20, 30);
        int[] truth = {10, 10, 10, 20, 20, 30};
        int[] answers = {0, 0, 1, 1, 2, 2};
        Evaluation.Answers all = Evaluation.Answers.room(labels, truth.length);
        for (int row = 0; row < truth.length; row++) {
            float[] p = {0.2f, 0.2f, 0.2f};
            p[answers[row]] = 0.6f;
            all.set(row, p, truth[row]);
        }
        return Evaluation.of(all, truth);
    }

    @Test
    void figuresAreThoseOfTheClassificationReport() {
        // scikit-learn 1.x: classification_report([10,10,10,20,20,30], [10,10,20,20,30,30])
        Evaluation figures = example();
        assertThat(figures.accuracy()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(figures.perLabel()[0].f1()).isCloseTo(0.8, within(1e-12));
        assertThat(figures.perLabel()[1].f1()).isCloseTo(0.5, within(1e-12));
        assertThat(figures.perLabel()[2].f1()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(figures.f1Macro()).isCloseTo((0.8 + 0.5 + 2 / 3.0) / 3, within(1e-12));
        assertThat(figures.f1Weighted()).isCloseTo((3 * 0.8 + 2 * 0.5 + 2 / 3.0) / 6, within(1e-12));
        assertThat(figures.confusion()[0]).containsExactly(2, 1, 0);
        assertThat(figures.confusion()[1]).containsExactly(0, 1, 1);
    }

    @Test
    void calibrationErrorIsTheGapBetweenConfidenceAndAccuracy() {
        Evaluation figures = example();
        assertThat(figures.ece()).isCloseTo(4 / 6.0 - 0.6, within(1e-6));
        assertThat(figures.bins()[8].rows()).isEqualTo(6);
        assertThat(figures.logLoss()).isCloseTo(-(4 * Math.log(0.6) + 2 * Math.log(0.2)) / 6, within(1e-6));
    }

    @Test
    void coverageCountsRowsWithEnoughConfidence() {
        Evaluation figures = example();
        assertThat(figures.coverage()[0]).isEqualTo(new Evaluation.Coverage(0.5, 1, 4 / 6.0));
        assertThat(figures.coverage()[1]).isEqualTo(new Evaluation.Coverage(0.7, 0, 0));
        assertThat(figures.metrics()).containsKeys("coverage_at_50", "f1_class_20");
    }

    @Test
    void aTrueLabelThatTheModelDoesNotKnowCountsAsWrong() {
        Evaluation.Answers all = Evaluation.Answers.room(Labels.of(10, 20), 2);
        all.set(0, new float[] {0.9f, 0.1f}, 10);
        all.set(1, new float[] {0.9f, 0.1f}, 77);
        Evaluation figures = Evaluation.of(all, new int[] {10, 77});
        assertThat(figures.accuracy()).isEqualTo(0.5);
        assertThat(figures.logLoss()).isFinite();
        assertThat(figures.labels().toArray()).containsExactly(10, 20, 77);
        // 20 occurs neither as truth nor as answer, so it takes no part in the mean
        assertThat(figures.f1Macro()).isCloseTo((2 / 3.0 + 0) / 2, within(1e-12));
    }

    @Test
    void theBaselineAnswersOneLabelForAll() {
        assertThat(Evaluation.constantF1Weighted(1, new int[] {1, 1, 1, 2})).isCloseTo(0.75 * 6 / 7, within(1e-12));
        assertThat(Evaluation.constantF1Weighted(9, new int[] {1, 2})).isZero();
    }
}
