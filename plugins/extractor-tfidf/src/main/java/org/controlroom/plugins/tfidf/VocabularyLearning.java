package org.controlroom.plugins.tfidf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.controlroom.spi.TrainingContext;
import org.controlroom.text.AnalyzedText;
import org.controlroom.text.ScratchPool;
import org.controlroom.text.ScratchPool.Scratch;
import org.controlroom.text.TermCounts;
import org.controlroom.text.TextAnalyzer;
import org.controlroom.text.TextField;

/**
 * Chooses the terms. Each thread counts the terms of its share of the products; sums do not depend on the shares, and
 * selection and order depend on sums and hashes only, so any number of threads learns the same vocabulary.
 */
final class VocabularyLearning {

    private static final int REPORT_EVERY = 512;

    private final List<WeightedField> fields;
    private final double maxDf;
    private final TextAnalyzer analyzer;
    private final TrainingContext context;

    VocabularyLearning(List<WeightedField> fields, double maxDf, TextAnalyzer analyzer, TrainingContext context) {
        this.fields = fields;
        this.maxDf = maxDf;
        this.analyzer = analyzer;
        this.context = context;
    }

    Vocabulary learn(List<Product> products) {
        List<TermStatistics> statistics = count(products);
        int[] limits = new int[fields.size()];
        int maxDocuments = threshold(maxDf, maxDf <= 1, products.size());
        for (int f = 0; f < limits.length; f++) {
            double minDf = fields.get(f).minDf();
            limits[f] = (int) Math.min(Integer.MAX_VALUE, Math.ceil(minDf < 1 ? minDf * products.size() : minDf));
        }
        List<Callable<long[]>> selections = new ArrayList<>();
        for (int f = 0; f < limits.length; f++) {
            int field = f;
            selections.add(() -> statistics
                    .get(field)
                    .select(limits[field], maxDocuments, fields.get(field).maxFeatures()));
        }
        return order(statistics, context.runAll(selections), products.size());
    }

    private static int threshold(double value, boolean fraction, int products) {
        return (int) Math.min(Integer.MAX_VALUE, Math.floor(fraction ? value * products : value));
    }

    private List<TermStatistics> count(List<Product> products) {
        int shares = Math.min(context.parallelism(), products.size());
        AtomicLong done = new AtomicLong();
        List<Callable<List<TermStatistics>>> tasks = new ArrayList<>();
        for (int share = 0; share < shares; share++) {
            int from = (int) ((long) products.size() * share / shares);
            int to = (int) ((long) products.size() * (share + 1) / shares);
            tasks.add(() -> countShare(products.subList(from, to), products.size(), done));
        }
        List<List<TermStatistics>> counted = context.runAll(tasks);
        List<Callable<TermStatistics>> merges = new ArrayList<>();
        for (int f = 0; f < fields.size(); f++) {
            int field = f;
            merges.add(() -> {
                TermStatistics sum = counted.get(0).get(field);
                counted.stream().skip(1).forEach(share -> sum.addAll(share.get(field)));
                return sum;
            });
        }
        return context.runAll(merges);
    }

    private List<TermStatistics> countShare(List<Product> share, int all, AtomicLong done) {
        List<TextField> terms = fields.stream().map(WeightedField::terms).toList();
        List<TermStatistics> statistics =
                fields.stream().map(field -> new TermStatistics()).toList();
        Scratch scratch = new ScratchPool().borrow();
        AnalyzedText text = scratch.text();
        TermCounts counts = scratch.terms();
        int row = 0;
        for (Product product : share) {
            if (row++ % REPORT_EVERY == 0) {
                context.progress().throwIfCancelled();
                context.progress().report("learning the vocabulary", done.get(), all);
            }
            analyzer.analyze(product, text);
            for (int f = 0; f < terms.size(); f++) {
                terms.get(f).count(text, counts);
                TermStatistics field = statistics.get(f);
                for (int i = 0; i < counts.size(); i++) {
                    field.add(counts.hashes()[i], 1, counts.counts()[i]);
                }
            }
            done.incrementAndGet();
        }
        return statistics;
    }

    /** Sorts all terms by descending number of products, then by field, then by hash: a stable counting sort. */
    private Vocabulary order(List<TermStatistics> statistics, List<long[]> selected, int products) {
        long size = selected.stream().mapToLong(terms -> terms.length).sum();
        if (size == 0 || size > Vocabulary.MAX_SIZE) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    "extractor-tfidf: features=" + size + " are left of " + products + " products; must be 1.."
                            + Vocabulary.MAX_SIZE + ": look at the texts, minDf and maxDf");
        }
        int[] starts = new int[products + 2];
        int[][] documents = new int[selected.size()][];
        for (int f = 0; f < documents.length; f++) {
            long[] terms = selected.get(f);
            documents[f] = new int[terms.length];
            for (int i = 0; i < terms.length; i++) {
                documents[f][i] = statistics.get(f).documents(terms[i]);
                starts[products - documents[f][i] + 1]++;
            }
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        long[] hashes = new long[(int) size];
        int[] sortedDocuments = new int[(int) size];
        for (int f = 0; f < documents.length; f++) {
            for (int i = 0; i < documents[f].length; i++) {
                int to = starts[products - documents[f][i]]++;
                hashes[to] = selected.get(f)[i];
                sortedDocuments[to] = documents[f][i];
            }
        }
        return new Vocabulary(hashes, sortedDocuments, products);
    }
}
