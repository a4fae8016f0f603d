package org.controlroom.plugins.liblinear.internal;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureVector;

/**
 * Weights of all labels, one byte each: {@code weight = offset + scale * byte}, with offset and scale of the feature.
 *
 * <p>Scoring waits for memory, not for arithmetic, so everything about one feature lies in one row of 16, 32 or more
 * bytes: offset and scale as the upper halves of two floats, then a byte a label, then padding. JDK 17 does not turn
 * loops over bytes into vector instructions; therefore two labels share one 64-bit multiplication, one in the lower and
 * one in the upper half. Sums are of integers: exact in any order, and the same on every machine.
 */
public final class CompactWeights {

    private static final int LEVELS = 255;
    private static final int META_BYTES = 4;
    /** Row 0 starts 32 bytes into the array object, so that in an aligned object no row crosses a cache line. */
    private static final int START = 2;

    private static final long FIELDS = 0x0000_00ff_0000_00ffL;
    /** Largest sum of the absolute factors: 255 times it fits into 31 bits, with room for rounding. */
    private static final double FACTOR_LIMIT = 8_000_000;

    private final int labels;
    private final int features;
    /** 64-bit words a feature, even. */
    private final int words;

    private final long[] rows;
    private final float[] biasScores;

    private CompactWeights(int labels, int features, float[] biasScores) {
        this.labels = labels;
        this.features = features;
        this.biasScores = biasScores;
        words = (META_BYTES + labels + 15) / 16 * 2;
        if ((long) features * words + START > Integer.MAX_VALUE - 8) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    "classifier-liblinear: " + features + " features times " + labels
                            + " labels are too many for one array");
        }
        rows = new long[START + features * words];
    }

    /** Rounds trained weights. */
    public static CompactWeights of(OneVersusRest.Weights weights) {
        CompactWeights compact = new CompactWeights(weights.labels(), weights.features(), weights.biasScores());
        float[] row = new float[weights.labels()];
        byte[] bytes = new byte[weights.labels()];
        for (int position = 0; position < weights.features(); position++) {
            weights.copy(position, row);
            compact.set(weights.featureAt(position), round(row, bytes), bytes);
        }
        return compact;
    }

    /** Fills the bytes and answers scale and offset; 0 when all weights are 0. */
    private static int round(float[] weights, byte[] bytes) {
        float smallest = weights[0];
        float largest = weights[0];
        for (float weight : weights) {
            smallest = Math.min(smallest, weight);
            largest = Math.max(largest, weight);
        }
        float offset = upperHalf(smallest, smallest < 0);
        float scale = upperHalf((largest - offset) / LEVELS, true);
        for (int k = 0; k < weights.length; k++) {
            int level = scale == 0 ? 0 : Math.round((weights[k] - offset) / scale);
            bytes[k] = (byte) Math.max(0, Math.min(LEVELS, level));
        }
        return (Float.floatToRawIntBits(offset) >>> 16) | (Float.floatToRawIntBits(scale) & 0xffff_0000);
    }

    /** The nearest number with 16 bits at or below (at or above, with {@code awayFromZero}) the absolute value. */
    private static float upperHalf(float value, boolean awayFromZero) {
        int bits = Float.floatToRawIntBits(value);
        boolean exact = (bits & 0xffff) == 0;
        return Float.intBitsToFloat((bits & 0xffff_0000) + (awayFromZero && !exact ? 0x1_0000 : 0));
    }

    private static float scale(long firstWord) {
        return Float.intBitsToFloat((int) firstWord & 0xffff_0000);
    }

    private static float offset(long firstWord) {
        return Float.intBitsToFloat((int) firstWord << 16);
    }

    private void set(int feature, int meta, byte[] bytes) {
        int start = START + feature * words;
        rows[start] = meta & 0xffff_ffffL;
        for (int k = 0; k < labels; k++) {
            int place = META_BYTES + k;
            rows[start + place / 8] |= (bytes[k] & 0xffL) << (place % 8 * 8);
        }
    }

    public int labels() {
        return labels;
    }

    public int features() {
        return features;
    }

    /** The weight that scoring uses, for tests and explanations. */
    public float weight(int feature, int label) {
        int start = START + Objects.checkIndex(feature, features) * words;
        int place = META_BYTES + Objects.checkIndex(label, labels);
        long level = rows[start + place / 8] >>> (place % 8 * 8) & 0xff;
        return offset(rows[start]) + scale(rows[start]) * level;
    }

    /** See {@link org.controlroom.spi.classify.Classifier#score}. */
    public void score(FeatureVector vector, float[] out) {
        Objects.checkFromIndexSize(0, labels, out.length);
        int[] indices = vector.indices();
        float[] values = vector.values();
        int size = vector.size();
        // First the numbers all labels share. This loop fetches the rows; the next ones find them in the cache.
        double norm = 0;
        double base = 0;
        for (int i = 0; i < size; i++) {
            long first = rows[START + Objects.checkIndex(indices[i], features) * words];
            norm += Math.abs((double) values[i] * scale(first));
            base += (double) values[i] * offset(first);
        }
        double toFactor = norm > 0 ? FACTOR_LIMIT / norm : 0;
        for (int word = 0; word < words; word += 2) {
            scoreTwoWords(indices, values, size, word, toFactor, base, out);
        }
    }

    /** The scores of the sixteen labels (twelve in the first row) whose bytes are in two neighbouring words. */
    private void scoreTwoWords(
            int[] indices, float[] values, int size, int word, double toFactor, double base, float[] out) {
        long a0 = 0;
        long a1 = 0;
        long a2 = 0;
        long a3 = 0;
        long b0 = 0;
        long b1 = 0;
        long b2 = 0;
        long b3 = 0;
        for (int i = 0; i < size; i++) {
            int start = START + indices[i] * words;
            long factor = (int) (values[i] * toFactor * scale(rows[start]));
            long a = rows[start + word];
            long b = rows[start + word + 1];
            a0 += (a & FIELDS) * factor;
            a1 += (a >>> 8 & FIELDS) * factor;
            a2 += (a >>> 16 & FIELDS) * factor;
            a3 += (a >>> 24 & FIELDS) * factor;
            b0 += (b & FIELDS) * factor;
            b1 += (b >>> 8 & FIELDS) * factor;
            b2 += (b >>> 16 & FIELDS) * factor;
            b3 += (b >>> 24 & FIELDS) * factor;
        }
        double toScore = toFactor == 0 ? 0 : 1 / toFactor;
        int label = word * 8 - META_BYTES;
        write(a0, label, toScore, base, out);
        write(a1, label + 1, toScore, base, out);
        write(a2, label + 2, toScore, base, out);
        write(a3, label + 3, toScore, base, out);
        write(b0, label + 8, toScore, base, out);
        write(b1, label + 9, toScore, base, out);
        write(b2, label + 10, toScore, base, out);
        write(b3, label + 11, toScore, base, out);
    }

    /** Writes the scores of the label in the lower half of a sum and of that in the upper half, four labels further. */
    private void write(long sums, int label, double toScore, double base, float[] out) {
        int lower = (int) sums;
        int upper = (int) ((sums - lower) >> 32);
        if (label >= 0 && label < labels) {
            out[label] = finite(biasScores[label] + base + lower * toScore);
        }
        if (label + 4 < labels) {
            out[label + 4] = finite(biasScores[label + 4] + base + upper * toScore);
        }
    }

    private static float finite(double score) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, score));
    }

    /** Appends everything but the numbers of labels and features. A feature without weights takes 4 bytes. */
    public void write(java.io.DataOutput out) throws java.io.IOException {
        for (float score : biasScores) {
            out.writeFloat(score);
        }
        byte[] bytes = new byte[labels];
        for (int feature = 0; feature < features; feature++) {
            int start = START + feature * words;
            int meta = (int) rows[start];
            out.writeInt(meta);
            if (meta != 0) {
                for (int k = 0; k < labels; k++) {
                    int place = META_BYTES + k;
                    bytes[k] = (byte) (rows[start + place / 8] >>> (place % 8 * 8));
                }
                out.write(bytes);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws java.nio.BufferUnderflowException when there is less
     */
    public static CompactWeights read(int labels, int features, ByteBuffer in) {
        float[] biasScores = new float[labels];
        for (int k = 0; k < labels; k++) {
            biasScores[k] = in.getFloat();
        }
        CompactWeights weights = new CompactWeights(labels, features, biasScores);
        byte[] bytes = new byte[labels];
        for (int feature = 0; feature < features; feature++) {
            int meta = in.getInt();
            if (meta != 0) {
                in.get(bytes);
                weights.set(feature, meta, bytes);
            }
        }
        return weights;
    }
}
