package org.controlroom.core.predict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.controlroom.core.model.Explanation;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.Explaining;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.LocatedTerm;
import org.controlroom.spi.feature.LocatesTerms;

/** Makes the explanation of one prediction from what its plugins say. Not kept; made for one model. */
record ExplainLabels(FeatureExtractor extractor, Classifier classifier) {

    /** What the plugins lack to explain, for people; empty when they lack nothing. */
    Optional<String> lack(List<String> plugins) {
        List<String> missing = new ArrayList<>();
        if (!(extractor instanceof LocatesTerms)) {
            missing.add(plugins.get(0) + " does not say where terms stand (LocatesTerms)");
        }
        if (!(classifier instanceof Explaining)) {
            missing.add(plugins.get(1) + " does not say what features add (Explaining)");
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    /**
     * @param best positions of the labels to explain: the answer, and where there is one the runner-up
     * @param termsEachWay terms for and terms against to show at most
     */
    Explanation explain(Product product, int[] best, int termsEachWay) {
        FeatureVector vector = new FeatureVector();
        extractor.extract(product, vector);
        List<double[]> contributions = new ArrayList<>();
        List<Double> biases = new ArrayList<>();
        List<int[]> shown = new ArrayList<>();
        for (int label : best) {
            double[] out = new double[vector.size()];
            biases.add(((Explaining) classifier).explain(vector, label, out));
            contributions.add(out);
            shown.add(strongest(out, termsEachWay));
        }
        int[] features = shown.stream()
                .flatMapToInt(IntStream::of)
                .map(position -> vector.indices()[position])
                .distinct()
                .toArray();
        Map<Integer, List<Explanation.Place>> places = new LinkedHashMap<>();
        for (LocatedTerm term : ((LocatesTerms) extractor).locate(product, features)) {
            places.computeIfAbsent(term.feature(), feature -> new ArrayList<>())
                    .add(new Explanation.Place(term.term(), term.source(), term.spans()));
        }
        List<Explanation.Label> labels = new ArrayList<>();
        for (int i = 0; i < best.length; i++) {
            int code = classifier.labels().code(best[i]);
            labels.add(label(code, biases.get(i), contributions.get(i), shown.get(i), vector, places));
        }
        return new Explanation(labels.get(0), labels.stream().skip(1).findFirst());
    }

    private static Explanation.Label label(
            int code,
            double bias,
            double[] contributions,
            int[] shown,
            FeatureVector vector,
            Map<Integer, List<Explanation.Place>> places) {
        List<Explanation.Term> terms = new ArrayList<>();
        double score = bias;
        double rest = 0;
        for (double contribution : contributions) {
            score += contribution;
            rest += contribution;
        }
        for (int position : shown) {
            rest -= contributions[position];
            terms.add(new Explanation.Term(
                    places.getOrDefault(vector.indices()[position], List.of()), contributions[position]));
        }
        return new Explanation.Label(code, bias, terms, rest, contributions.length - shown.length, score);
    }

    /** Positions of the largest and of the smallest contributions, those that are far from 0 first. */
    private static int[] strongest(double[] contributions, int eachWay) {
        Comparator<Integer> bySize = Comparator.comparingDouble((Integer i) -> -Math.abs(contributions[i]))
                .thenComparing(i -> i);
        IntStream pros = IntStream.range(0, contributions.length)
                .filter(i -> contributions[i] > 0)
                .boxed()
                .sorted(bySize)
                .limit(eachWay)
                .mapToInt(i -> i);
        IntStream cons = IntStream.range(0, contributions.length)
                .filter(i -> contributions[i] < 0)
                .boxed()
                .sorted(bySize)
                .limit(eachWay)
                .mapToInt(i -> i);
        return IntStream.concat(pros, cons)
                .boxed()
                .sorted(bySize)
                .mapToInt(i -> i)
                .toArray();
    }
}
