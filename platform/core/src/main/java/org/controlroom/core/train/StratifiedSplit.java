package org.controlroom.core.train;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.SplitMix64;
import org.controlroom.spi.Labels;

/**
 * Chooses a share of each label's rows by a hash of the row's id and the seed. A row's place in its label's order depends
 * on nothing else, so a catalogue that grows keeps nearly all of its held-out rows held out, and the next model can be
 * compared with this one on rows that neither has seen.
 */
final class StratifiedSplit {

    private StratifiedSplit() {}

    /**
     * Chooses {@code fraction} of the rows of each label, rounded, at least one and never the last: a label with one row
     * keeps it.
     *
     * @param ids unique
     * @param labels of the same rows
     * @return whether each row is chosen
     */
    static boolean[] choose(long[] ids, int[] labels, double fraction, long seed) {
        boolean[] chosen = new boolean[ids.length];
        Labels codes = Labels.of(labels);
        int[] counts = new int[codes.size()];
        for (int label : labels) {
            counts[codes.indexOf(label)]++;
        }
        long[][] keys = new long[codes.size()][];
        int[][] rows = new int[codes.size()][];
        for (int c = 0; c < counts.length; c++) {
            keys[c] = new long[counts[c]];
            rows[c] = new int[counts[c]];
        }
        int[] filled = new int[counts.length];
        for (int row = 0; row < ids.length; row++) {
            int c = codes.indexOf(labels[row]);
            keys[c][filled[c]] = SplitMix64.mix(SplitMix64.mix(ids[row]) ^ SplitMix64.mix(~seed));
            rows[c][filled[c]++] = row;
        }
        for (int c = 0; c < counts.length; c++) {
            int take =
                    counts[c] < 2 ? 0 : (int) Math.max(1, Math.min(counts[c] - 1L, Math.round(counts[c] * fraction)));
            if (take > 0) {
                long[] sorted = keys[c].clone();
                Arrays.sort(sorted);
                long limit = sorted[take - 1];
                for (int i = 0; i < keys[c].length; i++) {
                    chosen[rows[c][i]] = keys[c][i] <= limit;
                }
            }
        }
        return chosen;
    }

    static SortedMap<Integer, Long> counts(int[] labels) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (int label : labels) {
            counts.merge(label, 1L, Long::sum);
        }
        return counts;
    }
}
