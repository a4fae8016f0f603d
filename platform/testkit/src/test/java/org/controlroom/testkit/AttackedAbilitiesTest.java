package org.controlroom.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.Explaining;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.LocatedTerm;
import org.controlroom.spi.feature.LocatesTerms;
import org.controlroom.spi.feature.TextSpan;
import org.junit.jupiter.api.Test;

/** The attacks notice plugins that explain wrongly. */
class AttackedAbilitiesTest {

    private final Classifier honest = TrainingContexts.with(Settings.of(Map.of()), context -> {
        LabelledVectors data = LabelledVectors.separable(Seed.random(), 100, 1, 2, 3);
        return new FakeClassifierTrainer().train(data.vectors(), data.labels(), context);
    });

    private final FeatureExtractor letters = TrainingContexts.with(
            Settings.of(Map.of()), context -> new FakeExtractorFactory().fit(LocationAttacks.plain(), context));

    private List<FeatureVector> vectors() {
        SplittableRandom random = Seed.random();
        return IntStream.range(3, 20)
                .mapToObj(size -> LabelledVectors.randomVector(random, honest.featureCount(), size))
                .toList();
    }

    @Test
    void aContributionThatIsALittleWrongIsNoticed() {
        Classifier wrong = new Wrong(honest, (vector, label, out) -> {
            double bias = ((Explaining) honest).explain(vector, label, out);
            out[0] *= 1.00001;
            return bias;
        });
        assertThatThrownBy(() -> ExplanationAttacks.contributionsAddUpToTheScore(wrong, vectors()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aSumThatDependsOnItsOrderIsNoticed() {
        Classifier wrong = new Wrong(honest, (vector, label, out) -> {
            double bias = ((Explaining) honest).explain(vector, label, out);
            out[0] += 1e-17;
            out[1] += 0.1;
            out[2] -= 0.1;
            return bias;
        });
        assertThatThrownBy(() -> ExplanationAttacks.contributionsAddUpToTheScore(wrong, vectors()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aBiasThatHidesEverythingIsNoticed() {
        Classifier wrong = new Wrong(honest, (vector, label, out) -> {
            java.util.Arrays.fill(out, 0, vector.size(), 0);
            float[] scores = new float[honest.labels().size()];
            honest.score(vector, scores);
            return scores[label];
        });
        assertThatThrownBy(() -> ExplanationAttacks.theBiasIsTheScoreOfNothing(wrong, vectors()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void contributionsOfAnotherLabelAreNoticed() {
        Classifier wrong =
                new Wrong(honest, (vector, label, out) -> ((Explaining) honest).explain(vector, (label + 1) % 3, out));
        assertThatThrownBy(() -> ExplanationAttacks.aFeatureAloneAddsWhatItIsSaidToAdd(wrong))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aPlaceThatIsOneCharacterOffIsNoticed() {
        FeatureExtractor wrong =
                new Misplacing(letters, span -> new TextSpan(span.field(), span.start() + 1, span.end() + 1));
        assertThatThrownBy(() -> LocationAttacks.whatIsLeftAtItsPlacesStillGivesTheFeature(wrong))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> LocationAttacks.everySpanLiesInItsText(wrong, LocationAttacks.plain()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aFeatureWithoutATermIsNoticed() {
        FeatureExtractor wrong = new Misplacing(letters, span -> span) {
            @Override
            public List<LocatedTerm> locate(Product product, int[] features) {
                return super.locate(product, features).stream().skip(1).toList();
            }
        };
        assertThatThrownBy(() -> LocationAttacks.everyFeatureHasATerm(wrong, LocationAttacks.plain()))
                .isInstanceOf(AssertionError.class);
    }

    private record Wrong(Classifier honest, Explaining explaining) implements Classifier, Explaining {
        @Override
        public Labels labels() {
            return honest.labels();
        }

        @Override
        public int featureCount() {
            return honest.featureCount();
        }

        @Override
        public void score(FeatureVector vector, float[] out) {
            honest.score(vector, out);
        }

        @Override
        public double explain(FeatureVector vector, int label, double[] out) {
            return explaining.explain(vector, label, out);
        }

        @Override
        public void save(OutputStream out) {
            throw new UnsupportedOperationException("never asked for");
        }
    }

    private static class Misplacing implements FeatureExtractor, LocatesTerms {
        private final FeatureExtractor honest;
        private final java.util.function.UnaryOperator<TextSpan> change;

        Misplacing(FeatureExtractor honest, java.util.function.UnaryOperator<TextSpan> change) {
            this.honest = honest;
            this.change = change;
        }

        @Override
        public FeatureSchema schema() {
            return honest.schema();
        }

        @Override
        public void extract(Product product, FeatureVector out) {
            honest.extract(product, out);
        }

        @Override
        public List<LocatedTerm> locate(Product product, int[] features) {
            return ((LocatesTerms) honest)
                    .locate(product, features).stream()
                            .map(term -> new LocatedTerm(
                                    term.feature(),
                                    term.term(),
                                    term.source(),
                                    term.spans().stream().map(change).toList()))
                            .toList();
        }

        @Override
        public void save(OutputStream out) {
            throw new UnsupportedOperationException("never asked for");
        }
    }
}
