package org.controlroom.plugins.liblinear.internal;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureVector;

/**
 * Weights of all labels, one byte each: {@code weight = offset + scale * byte}, with offset and scale of the feature.
 * Small tables, where scoring does not wait for memory, get a second byte each, worth 1/256 of the first.
 *
 * <p>Scoring waits for memory, not for arithmetic, so everything about one feature lies in one row of 16, 32 or more
 * bytes: offset and scale as the upper halves of two floats, then a byte a column, then padding. The first columns are
 * the labels, the next ones, if any, their second bytes. JDK 17 does not turn loops over bytes into vector instructions;
 * therefore two columns share one 64-bit multiplication, one in the lower and one in the upper half. Sums are of
 * integers: exact in any order, and the same on every machine.
 */
public final class CompactWeights {

    private static final int LEVELS = 255;
    private static final int FINE_LEVELS = 65_535;
    private static final double FINE_UNIT = 1.0 / 256;
    /** Tables up to this many bytes get a second byte a weight. */
    private static final long SMALL_TABLE_BYTES = 4L << 20;

    private static final int META_BYTES = 4;
    /** Row 0 starts 32 bytes into the array object, so that in an aligned object no row crosses a cache line. */
    private static final int START = 2;

    private static final long FIELDS = 0x0000_00ff_0000_00ffL;
    /** Largest sum of the absolute factors: 255 times it fits into 31 bits, with room for rounding. */
    private static final double FACTOR_LIMIT = 8_000_000;

    private final int labels;
    private final int features;
    /** Bytes a feature: one or two a label. */
    private final int columns;
    /** 64-bit words a feature, even. */
    private final int words;

    private final long[] rows;
    private final float[] biasScores;

    private CompactWeights(int labels, int features, int columns, float[] biasScores) {
        this.labels = labels;
        this.features = features;
        this.columns = columns;
        this.biasScores = biasScores;
        words = words(columns);
        if ((long) features * words + START > Integer.MAX_VALUE - 8) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    "classifier-liblinear: " + features + " features times " + labels
                            + " labels are too many for one array");
        }
        rows = new long[START + features * words];
    }

    private static int words(int columns) {
        return (META_BYTES + columns + 15) / 16 * 2;
    }

    /** Rounds trained weights. */
    public static CompactWeights of(OneVersusRest.Weights weights) {
        int labels = weights.labels();
        boolean small = (long) weights.features() * words(2 * labels) * Long.BYTES <= SMALL_TABLE_BYTES;
        int columns = small ? 2 * labels : labels;
        CompactWeights compact = new CompactWeights(labels, weights.features(), columns, weights.biasScores());
        float[] row = new float[labels];
        byte[] bytes = new byte[columns];
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
        boolean fine = bytes.length > weights.length;
        float offset = upperHalf(smallest, smallest < 0);
        float scale = upperHalf((largest - offset) / LEVELS, true);
        for (int k = 0; k < weights.length && scale > 0; k++) {
            double exact = ((double) weights[k] - offset) / scale;
            int level = (int) Math.round(fine ? exact / FINE_UNIT : exact);
            if (fine) {
                level = Math.max(0, Math.min(FINE_LEVELS, level));
                bytes[k] = (byte) (level >> 8);
                bytes[weights.length + k] = (byte) level;
            } else {
                bytes[k] = (byte) Math.max(0, Math.min(LEVELS, level));
            }
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
        for (int column = 0; column < columns && meta != 0; column++) {
            int place = META_BYTES + column;
            rows[start + place / 8] |= (bytes[column] & 0xffL) << (place % 8 * 8);
        }
    }

    private int level(int feature, int column) {
        int place = META_BYTES + column;
        return (int) (rows[START + feature * words + place / 8] >>> (place % 8 * 8)) & 0xff;
    }

    public int labels() {
        return labels;
    }

    public int features() {
        return features;
    }

    /** The weight that scoring uses, for tests and explanations. */
    public double weight(int feature, int label) {
        Objects.checkIndex(label, labels);
        long first = rows[START + Objects.checkIndex(feature, features) * words];
        return offset(first) + scale(first) * levelOf(feature, label);
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
        for (int k = 0; k < labels; k++) {
            out[k] = finite(biasScores[k] + base);
        }
        if (norm > 0) {
            for (int word = 0; word < words; word += 2) {
                addTwoWords(indices, values, size, word, FACTOR_LIMIT / norm, out);
            }
        }
    }

    /**
     * See {@link org.controlroom.spi.classify.Explaining#explain}. Goes through the same rounded factors as {@link #score};
     * then everything is rounded to multiples of one power of two, so that sums are exact in any order.
     */
    public double explain(FeatureVector vector, int label, double[] out) {
        Objects.checkIndex(label, labels);
        int size = vector.size();
        Objects.checkFromIndexSize(0, size, out.length);
        float[] scores = new float[labels];
        score(vector, scores);
        double norm = 0;
        for (int i = 0; i < size; i++) {
            norm += Math.abs((double) vector.values()[i] * scale(rows[START + vector.indices()[i] * words]));
        }
        double toFactor = norm > 0 ? FACTOR_LIMIT / norm : 0;
        double unit = norm > 0 ? norm / FACTOR_LIMIT : 0;
        double all = Math.abs((double) scores[label]) + Math.abs((double) biasScores[label]);
        for (int i = 0; i < size; i++) {
            int feature = vector.indices()[i];
            float value = vector.values()[i];
            long first = rows[START + feature * words];
            int factor = (int) (value * toFactor * scale(first));
            out[i] = (double) value * offset(first) + factor * levelOf(feature, label) * unit;
            all += Math.abs(out[i]);
        }
        // All sums stay below 2^52 times this.
        double grid = Math.ulp(all) * 4;
        double contributed = 0;
        for (int i = 0; i < size; i++) {
            out[i] = Math.rint(out[i] / grid) * grid;
            contributed += out[i];
        }
        return Math.rint(scores[label] / grid) * grid - contributed;
    }

    /** The weight of a feature in units of its scale, without its offset. */
    private double levelOf(int feature, int label) {
        return level(feature, label) + (columns > labels ? level(feature, labels + label) * FINE_UNIT : 0);
    }

    /** Adds the columns whose bytes are in two neighbouring words. */
    private void addTwoWords(int[] indices, float[] values, int size, int word, double toFactor, float[] out) {
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
        double unit = 1 / toFactor;
        int column = word * 8 - META_BYTES;
        addBoth(a0, column, unit, out);
        addBoth(a1, column + 1, unit, out);
        addBoth(a2, column + 2, unit, out);
        addBoth(a3, column + 3, unit, out);
        addBoth(b0, column + 8, unit, out);
        addBoth(b1, column + 9, unit, out);
        addBoth(b2, column + 10, unit, out);
        addBoth(b3, column + 11, unit, out);
    }

    /** Adds the column in the lower half of the sums and that in the upper half, four columns further. */
    private void addBoth(long sums, int column, double unit, float[] out) {
        int lower = (int) sums;
        add(lower, column, unit, out);
        add((int) ((sums - lower) >> 32), column + 4, unit, out);
    }

    private void add(int sum, int column, double unit, float[] out) {
        if (column >= 0 && column < labels) {
            out[column] = finite(out[column] + sum * unit);
        } else if (column >= labels && column < columns) {
            out[column - labels] = finite(out[column - labels] + sum * unit * FINE_UNIT);
        }
    }

    private static float finite(double score) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, score));
    }

    /** Appends everything but the numbers of labels and features. A feature without weights takes 4 bytes. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(columns / labels);
        for (float score : biasScores) {
            out.writeFloat(score);
        }
        byte[] bytes = new byte[columns];
        for (int feature = 0; feature < features; feature++) {
            int meta = (int) rows[START + feature * words];
            out.writeInt(meta);
            if (meta != 0) {
                for (int column = 0; column < columns; column++) {
                    bytes[column] = (byte) level(feature, column);
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
        int bytesOfAWeight = in.get() == 2 ? 2 : 1;
        float[] biasScores = new float[labels];
        for (int k = 0; k < labels; k++) {
            biasScores[k] = in.getFloat();
        }
        CompactWeights weights = new CompactWeights(labels, features, bytesOfAWeight * labels, biasScores);
        byte[] bytes = new byte[weights.columns];
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
