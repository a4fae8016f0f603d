package org.controlroom.core.dataset;

import java.util.Arrays;
import java.util.List;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.model.SplitMix64;
import org.controlroom.spi.Labels;

/**
 * Puts every product on the side of the training or of the test, for good. A product that has a side keeps it. A new one
 * joins the side of its near-duplicates; one without any goes where its class lacks, in an order by hash of id and seed. A
 * product whose near-duplicates stand on both sides is left out, because wherever it went it would tell one side about
 * the other.
 *
 * <p>So no product changes its side and no two products that share a key of {@link NearDuplicateKeys} stand on two sides.
 * Two products that became near-duplicates because a load changed their texts keep their sides, too: then the one of the
 * training is left out, so that the test stays what it was.
 */
final class StableSplit {

    static final byte TRAIN = 0;
    static final byte TEST = 1;
    static final byte LEFT_OUT = 2;

    private static final byte NEW = 3;
    private static final int ALONE = -1;

    private final long[] ids;
    private final int[] labels;
    private final List<int[]> keys;
    private final int blockRows;
    private final byte[] sides;

    /** What stands on each side of a group of products that share a key; bit 0 training, bit 1 test. */
    private byte[] standing = new byte[1 << 10];

    private int groups;

    /**
     * Takes the rows.
     *
     * @param ids ascending
     * @param keys of all rows, {@link NearDuplicateKeys#COUNT} a row, in blocks; overwritten
     * @param blockRows rows of a block
     */
    StableSplit(long[] ids, int[] labels, List<int[]> keys, int blockRows) {
        this.ids = ids;
        this.labels = labels;
        this.keys = keys;
        this.blockRows = blockRows;
        sides = new byte[ids.length];
    }

    /**
     * Decides.
     *
     * @param known sides of earlier versions
     * @param testFraction 0 to below 1
     * @return {@link #TRAIN}, {@link #TEST} or {@link #LEFT_OUT} of each row
     */
    byte[] decide(DatasetSides known, double testFraction, long seed) {
        group();
        take(known);
        for (int row = 0; row < ids.length; row++) {
            if (sides[row] == TEST) {
                stand(row);
            }
        }
        for (int row = 0; row < ids.length; row++) {
            if (sides[row] == TRAIN) {
                if ((around(row) & (1 << TEST)) != 0) {
                    sides[row] = LEFT_OUT;
                } else {
                    stand(row);
                }
            }
        }
        addNew(testFraction, seed);
        return sides;
    }

    private int block(int row) {
        return row / blockRows;
    }

    private int offset(int row) {
        return row % blockRows * NearDuplicateKeys.COUNT;
    }

    /** Replaces each key by the number of its group; most products share none of theirs. */
    private void group() {
        long[] sorted = new long[ids.length];
        for (int key = 0; key < NearDuplicateKeys.COUNT; key++) {
            for (int row = 0; row < ids.length; row++) {
                sorted[row] = ((long) keys.get(block(row))[offset(row) + key] << 32) | row;
            }
            Arrays.sort(sorted);
            for (int from = 0; from < sorted.length; ) {
                int to = from + 1;
                while (to < sorted.length && sorted[to] >> 32 == sorted[from] >> 32) {
                    to++;
                }
                int group = to - from < 2 ? ALONE : groups++;
                for (int i = from; i < to; i++) {
                    int row = (int) sorted[i];
                    keys.get(block(row))[offset(row) + key] = group;
                }
                from = to;
            }
        }
        standing = new byte[groups];
    }

    private void take(DatasetSides known) {
        int at = 0;
        for (int row = 0; row < ids.length; row++) {
            while (at < known.size() && known.id(at) < ids[row]) {
                at++;
            }
            boolean has = at < known.size() && known.id(at) == ids[row];
            sides[row] = !has ? NEW : known.isTest(at) ? TEST : TRAIN;
        }
    }

    private void stand(int row) {
        int[] block = keys.get(block(row));
        for (int i = offset(row); i < offset(row) + NearDuplicateKeys.COUNT; i++) {
            if (block[i] != ALONE) {
                standing[block[i]] |= (byte) (1 << sides[row]);
            }
        }
    }

    private int around(int row) {
        int[] block = keys.get(block(row));
        int around = 0;
        for (int i = offset(row); i < offset(row) + NearDuplicateKeys.COUNT; i++) {
            if (block[i] != ALONE) {
                around |= standing[block[i]];
            }
        }
        return around;
    }

    private void addNew(double testFraction, long seed) {
        Labels codes = Labels.of(labels);
        long[] rows = new long[codes.size()];
        long[] tests = new long[codes.size()];
        int waiting = 0;
        for (int row = 0; row < ids.length; row++) {
            if (sides[row] == NEW) {
                waiting++;
            } else if (sides[row] != LEFT_OUT) {
                rows[codes.indexOf(labels[row])]++;
                tests[codes.indexOf(labels[row])] += sides[row];
            }
        }
        for (int row : order(waiting, seed)) {
            int c = codes.indexOf(labels[row]);
            int around = around(row);
            if (around == ((1 << TRAIN) | (1 << TEST))) {
                sides[row] = LEFT_OUT;
                continue;
            }
            boolean lacks = tests[c] < Math.round((rows[c] + 1) * testFraction);
            boolean test = around == 0 ? lacks : around == (1 << TEST);
            sides[row] = test ? TEST : TRAIN;
            rows[c]++;
            tests[c] += sides[row];
            stand(row);
        }
    }

    /** New rows by hash of id and seed. */
    private int[] order(int count, long seed) {
        Integer[] order = new Integer[count];
        int at = 0;
        for (int row = 0; row < ids.length; row++) {
            if (sides[row] == NEW) {
                order[at++] = row;
            }
        }
        Arrays.sort(order, (a, b) -> Long.compare(hash(ids[a], seed), hash(ids[b], seed)));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    static long hash(long id, long seed) {
        return SplitMix64.mix(SplitMix64.mix(id) ^ SplitMix64.mix(~seed));
    }
}
