package org.controlroom.spi;

import java.util.Arrays;

/**
 * Feature vectors of many products in compressed sparse row form. Immutable by contract: nobody writes to the arrays.
 *
 * <p>Row {@code r} holds the entries {@code rowOffsets[r]} to {@code rowOffsets[r + 1] - 1}; inside a row the indices
 * ascend strictly.
 */
public final class FeatureMatrix {

    private final int columns;
    private final int[] rowOffsets;
    private final int[] indices;
    private final float[] values;

    private FeatureMatrix(int columns, int[] rowOffsets, int[] indices, float[] values) {
        this.columns = columns;
        this.rowOffsets = rowOffsets;
        this.indices = indices;
        this.values = values;
    }

    public int rows() {
        return rowOffsets.length - 1;
    }

    /** Number of features, that is {@link FeatureSchema#size()}. */
    public int columns() {
        return columns;
    }

    /** Length {@link #rows()} + 1, starting with 0. */
    public int[] rowOffsets() {
        return rowOffsets;
    }

    /** Feature index of each entry. May be longer than the number of entries. */
    public int[] indices() {
        return indices;
    }

    /** Weight of each entry. May be longer than the number of entries. */
    public float[] values() {
        return values;
    }

    /** Clears {@code out} and copies row {@code row} into it. */
    public void row(int row, FeatureVector out) {
        out.clear();
        for (int i = rowOffsets[row]; i < rowOffsets[row + 1]; i++) {
            out.add(indices[i], values[i]);
        }
    }

    /** A matrix with copies of the given rows, in the given order. */
    public FeatureMatrix select(int[] rows) {
        int[] offsets = new int[rows.length + 1];
        for (int r = 0; r < rows.length; r++) {
            offsets[r + 1] = Math.addExact(offsets[r], rowOffsets[rows[r] + 1] - rowOffsets[rows[r]]);
        }
        int[] selectedIndices = new int[offsets[rows.length]];
        float[] selectedValues = new float[offsets[rows.length]];
        for (int r = 0; r < rows.length; r++) {
            int from = rowOffsets[rows[r]];
            int length = offsets[r + 1] - offsets[r];
            System.arraycopy(indices, from, selectedIndices, offsets[r], length);
            System.arraycopy(values, from, selectedValues, offsets[r], length);
        }
        return new FeatureMatrix(columns, offsets, selectedIndices, selectedValues);
    }

    /** Collects rows one after another. Not thread-safe. */
    public static final class Builder {

        private final int columns;
        private int[] rowOffsets;
        private int[] indices;
        private float[] values;
        private int rows;
        private long[] order = new long[256];

        /**
         * @param columns number of features
         * @param expectedRows rows to make room for at first
         */
        public Builder(int columns, int expectedRows) {
            this.columns = columns;
            rowOffsets = new int[Math.max(1, expectedRows) + 1];
            indices = new int[Math.max(16, expectedRows * 64)];
            values = new float[indices.length];
        }

        /**
         * Appends a copy of the vector with its indices sorted.
         *
         * @throws ControlRoomException PLUGIN_FAILED when an index is outside 0..columns-1, occurs twice, or a value is
         *     not finite
         */
        public Builder add(FeatureVector vector) {
            int from = rowOffsets[rows];
            int size = vector.size();
            reserve(rows + 1, Math.addExact(from, size));
            if (order.length < size) {
                order = new long[Math.max(size, order.length * 2)];
            }
            for (int i = 0; i < size; i++) {
                order[i] = (long) vector.indices()[i] << 32 | i;
            }
            Arrays.sort(order, 0, size);
            long previous = -1;
            for (int i = 0; i < size; i++) {
                long index = order[i] >> 32;
                float value = vector.values()[(int) order[i]];
                if (index < 0 || index >= columns || index == previous || !Float.isFinite(value)) {
                    throw new ControlRoomException(
                            ErrorCode.PLUGIN_FAILED,
                            "feature vector of row " + rows + ": index=" + index + ", value=" + value
                                    + "; indices must be unique and in 0.." + (columns - 1) + ", values finite");
                }
                previous = index;
                indices[from + i] = (int) index;
                values[from + i] = value;
            }
            rowOffsets[++rows] = from + size;
            return this;
        }

        /** Appends all rows of another matrix with the same number of columns. */
        public Builder addAll(FeatureMatrix other) {
            if (other.columns != columns) {
                throw new IllegalArgumentException("matrix has " + other.columns + " columns; must have " + columns);
            }
            int from = rowOffsets[rows];
            int entries = other.rowOffsets[other.rows()];
            reserve(rows + other.rows(), Math.addExact(from, entries));
            System.arraycopy(other.indices, 0, indices, from, entries);
            System.arraycopy(other.values, 0, values, from, entries);
            for (int r = 1; r <= other.rows(); r++) {
                rowOffsets[++rows] = from + other.rowOffsets[r];
            }
            return this;
        }

        public FeatureMatrix build() {
            return new FeatureMatrix(columns, Arrays.copyOf(rowOffsets, rows + 1), indices, values);
        }

        private void reserve(int neededRows, int neededEntries) {
            if (neededRows + 1 > rowOffsets.length) {
                rowOffsets = Arrays.copyOf(rowOffsets, Math.max(neededRows + 1, rowOffsets.length * 2));
            }
            if (neededEntries > indices.length) {
                int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(neededEntries, indices.length * 3L / 2));
                indices = Arrays.copyOf(indices, capacity);
                values = Arrays.copyOf(values, capacity);
            }
        }
    }
}
