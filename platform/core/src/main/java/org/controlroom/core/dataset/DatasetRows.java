package org.controlroom.core.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.controlroom.core.model.LabelledProduct;

/** What is kept in memory of the rows of a dataset: id, label, keys and a hash over all; no texts. Not thread-safe. */
final class DatasetRows {

    /** Rows of a block of keys: growing copies none of them. */
    static final int BLOCK = 4096;

    private final NearDuplicateKeys keys = new NearDuplicateKeys();
    private final List<int[]> blocks = new ArrayList<>();
    private final ContentHash content = new ContentHash();
    private long[] ids = new long[1 << 12];
    private int[] labels = new int[1 << 12];
    private int count;

    void add(LabelledProduct row, int label) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
            labels = Arrays.copyOf(labels, count * 2);
        }
        if (count % BLOCK == 0) {
            blocks.add(new int[BLOCK * NearDuplicateKeys.COUNT]);
        }
        keys.write(row.product(), blocks.get(count / BLOCK), count % BLOCK * NearDuplicateKeys.COUNT);
        content.add(row, label);
        ids[count] = row.productId();
        labels[count++] = label;
    }

    int count() {
        return count;
    }

    int label(int row) {
        return labels[row];
    }

    long id(int row) {
        return ids[row];
    }

    long[] ids() {
        return Arrays.copyOf(ids, count);
    }

    int[] labels() {
        return Arrays.copyOf(labels, count);
    }

    /** Given away: {@link StableSplit} works in them. */
    List<int[]> takeKeys() {
        return blocks;
    }

    byte[] digest() {
        return content.digest();
    }
}
