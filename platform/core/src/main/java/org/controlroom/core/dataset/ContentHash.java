package org.controlroom.core.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.LabelledProduct;

/** Hash over ids, labels, pictures and texts of rows, every text with its length before it. Not thread-safe. */
public final class ContentHash {

    private final MessageDigest digest = SafeFiles.newSha256();
    private final ByteBuffer numbers = ByteBuffer.allocate(21);

    public void add(LabelledProduct row, int label) {
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

    /** Ends it; nothing is added any more. */
    public byte[] digest() {
        return digest.digest();
    }
}
