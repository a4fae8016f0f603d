package org.controlroom.core.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.LabelledProduct;

/** What is kept in memory of the rows of a dataset: id, label, keys and a hash over all; no texts. Not thread-safe. */
final class DatasetRows {

    /** Rows of a block of keys: growing copies none of them. */
    static final int BLOCK = 4096;

    private final NearDuplicateKeys keys = new NearDuplicateKeys();
    private final List<int[]> blocks = new ArrayList<>();
    private final Content content = new Content();
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

    /** Hash over ids, labels, pictures and texts of rows, every text with its length before it. */
    static final class Content {
        private final MessageDigest digest = SafeFiles.newSha256();
        private final ByteBuffer numbers = ByteBuffer.allocate(21);

        void add(LabelledProduct row, int label) {
            Long image = row.imageId();
            numbers.clear().putLong(row.productId()).putInt(label);
            numbers.put((byte) (image == null ? 0 : 1)).putLong(image == null ? 0 : image);
            digest.update(numbers.array(), 0, numbers.position());
            add(row.product().designation());
            add(row.product().description());
        }

        private void add(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(numbers.clear().putInt(bytes.length).array(), 0, 4);
            digest.update(bytes);
        }

        byte[] digest() {
            return digest.digest();
        }
    }
}
