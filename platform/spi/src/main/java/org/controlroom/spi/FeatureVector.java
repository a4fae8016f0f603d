package org.controlroom.spi;

import java.util.Arrays;

/**
 * A sparse vector that is filled, read and reused: pairs of a feature index and its weight.
 *
 * <p>Each index occurs at most once; the order is the extractor's own, the same for the same product. Not thread-safe:
 * one thread, one vector. The backing arrays may be read directly up to {@link #size()} until the next change.
 */
public final class FeatureVector {

    private int[] indices;
    private float[] values;
    private int size;

    public FeatureVector() {
        this(256);
    }

    /** @param capacity features to make room for at first, at least 1; the vector grows as needed */
    public FeatureVector(int capacity) {
        indices = new int[Math.max(1, capacity)];
        values = new float[Math.max(1, capacity)];
    }

    public void clear() {
        size = 0;
    }

    /**
     * Appends one feature.
     *
     * @param index 0 to schema size - 1, not added before since the last {@link #clear()}
     * @param value finite
     */
    public void add(int index, float value) {
        if (size == indices.length) {
            indices = Arrays.copyOf(indices, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        indices[size] = index;
        values[size++] = value;
    }

    /** Multiplies the values from position {@code from} (inclusive) to {@link #size()} by {@code factor}. */
    public void scale(int from, float factor) {
        for (int i = from; i < size; i++) {
            values[i] *= factor;
        }
    }

    public int size() {
        return size;
    }

    /** The backing array of indices; only the first {@link #size()} entries count. */
    public int[] indices() {
        return indices;
    }

    /** The backing array of values; only the first {@link #size()} entries count. */
    public float[] values() {
        return values;
    }
}
