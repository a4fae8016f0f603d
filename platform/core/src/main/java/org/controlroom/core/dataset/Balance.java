package org.controlroom.core.dataset;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.DatasetVersion.ClassRows;

/**
 * How often each row of the training part is written, and with which weight. Oversampling fills every class that has fewer
 * rows than the cap up to it: each row the same number of times, and some, chosen by hash of id and seed, once more. No
 * class loses rows. Class weights are rows / (classes * rows of the class), as scikit-learn's {@code balanced}.
 */
final class Balance {

    private final DatasetRows rows;
    private final byte[] sides;
    private final SortedMap<Integer, long[]> counts = new TreeMap<>();
    private final SortedMap<Integer, Fill> fills = new TreeMap<>();
    private final String strategy;
    private final long seed;
    private long trainRows;
    private long cap;

    Balance(DatasetRows rows, byte[] sides, DatasetParameters parameters) {
        this.rows = rows;
        this.sides = sides;
        strategy = parameters.balancingStrategy();
        seed = parameters.seed();
        for (int row = 0; row < sides.length; row++) {
            counts.computeIfAbsent(rows.label(row), label -> new long[3])[sides[row]]++;
        }
        long largest = 0;
        for (long[] count : counts.values()) {
            trainRows += count[StableSplit.TRAIN];
            largest = Math.max(largest, count[StableSplit.TRAIN]);
        }
        Long size = parameters.balancedSize();
        cap = size == null ? largest : size;
        if (strategy.equals(DatasetParameters.OVERSAMPLE)) {
            fill();
        }
    }

    private void fill() {
        SortedMap<Integer, Hashes> hashes = new TreeMap<>();
        for (Map.Entry<Integer, long[]> label : counts.entrySet()) {
            long train = label.getValue()[StableSplit.TRAIN];
            if (train > 0 && train < cap) {
                hashes.put(label.getKey(), new Hashes((int) train));
            }
        }
        for (int row = 0; row < sides.length; row++) {
            Hashes of = sides[row] == StableSplit.TRAIN ? hashes.get(rows.label(row)) : null;
            if (of != null) {
                of.values[of.count++] = hash(row);
            }
        }
        hashes.forEach((label, of) -> {
            Arrays.sort(of.values);
            int more = (int) (cap % of.count);
            // Different ids have different hashes, so exactly so many are not above the limit.
            fills.put(
                    label,
                    new Fill((int) (cap / of.count), more == 0 ? Long.MIN_VALUE : of.values[more - 1], more > 0));
        });
    }

    private long hash(int row) {
        return StableSplit.hash(rows.id(row), seed + 1);
    }

    /** How often a row of the training part is written, at least once. */
    int times(int row) {
        Fill fill = fills.get(rows.label(row));
        if (fill == null) {
            return 1;
        }
        return fill.times + (fill.anyMore && hash(row) <= fill.limit ? 1 : 0);
    }

    /** Weight of each training row of a class. */
    double weight(int label) {
        long[] count = counts.get(label);
        if (!strategy.equals(DatasetParameters.CLASS_WEIGHTS) || count == null || count[StableSplit.TRAIN] == 0) {
            return 1;
        }
        long classes = counts.values().stream()
                .filter(one -> one[StableSplit.TRAIN] > 0)
                .count();
        return (double) trainRows / (classes * count[StableSplit.TRAIN]);
    }

    /** Every class with what becomes of it. */
    java.util.List<ClassRows> classes() {
        return counts.entrySet().stream()
                .map(one -> {
                    long train = one.getValue()[StableSplit.TRAIN];
                    return new ClassRows(
                            one.getKey(),
                            train,
                            fills.containsKey(one.getKey()) ? cap : train,
                            one.getValue()[StableSplit.TEST],
                            one.getValue()[StableSplit.LEFT_OUT],
                            weight(one.getKey()));
                })
                .toList();
    }

    /** Rows up to which classes are filled; null when none is. */
    @org.jspecify.annotations.Nullable Long cap() {
        return strategy.equals(DatasetParameters.OVERSAMPLE) ? cap : null;
    }

    private static final class Hashes {
        private final long[] values;
        private int count;

        Hashes(int rows) {
            values = new long[rows];
        }
    }

    /** @param limit hashes up to which a row is written once more, when there are any */
    private record Fill(int times, long limit, boolean anyMore) {}
}
