package org.controlroom.spi;

import java.util.Arrays;

/** The product type codes a classifier knows, ascending and unique. Position = column in score and probability arrays. */
public final class Labels {

    private final int[] codes;

    private Labels(int[] codes) {
        this.codes = codes;
    }

    /** The distinct codes among the given ones. */
    public static Labels of(int... codes) {
        return new Labels(Arrays.stream(codes).sorted().distinct().toArray());
    }

    public int size() {
        return codes.length;
    }

    /** @param position 0 to {@link #size()} - 1 */
    public int code(int position) {
        return codes[position];
    }

    /** Position of the code, or a negative number when it is not among the labels. */
    public int indexOf(int code) {
        return Arrays.binarySearch(codes, code);
    }

    /** A copy of the codes, ascending. */
    public int[] toArray() {
        return codes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && Arrays.equals(codes, labels.codes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codes);
    }

    @Override
    public String toString() {
        return Arrays.toString(codes);
    }
}
