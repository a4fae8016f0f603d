package org.controlroom.core.model;

import java.util.Arrays;

/** The side of the split on which products stand, in the order of product ids. Immutable. */
public final class DatasetSides {

    /** Of a catalogue that was never split. */
    public static final DatasetSides NONE = new DatasetSides(new long[0], new boolean[0]);

    private final long[] ids;
    private final boolean[] test;

    /**
     * Takes arrays that nobody changes any more.
     *
     * @param ids product ids, ascending
     * @param test whether each is in the test part
     */
    public DatasetSides(long[] ids, boolean[] test) {
        this.ids = ids;
        this.test = test;
    }

    public int size() {
        return ids.length;
    }

    /** @param index 0 to below {@link #size()} */
    public long id(int index) {
        return ids[index];
    }

    /** Where a product stands here; below 0 when it has no side. */
    public int indexOf(long id) {
        return Arrays.binarySearch(ids, id);
    }

    /** @param index 0 to below {@link #size()} */
    public boolean isTest(int index) {
        return test[index];
    }
}
