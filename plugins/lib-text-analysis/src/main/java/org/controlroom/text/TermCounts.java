package org.controlroom.text;

import java.util.Arrays;

/** The distinct terms of one field of one product with their counts, in order of first sight. Reused; not thread-safe. */
public final class TermCounts {

    private static final int MAX_KEPT = 1 << 18;

    private long[] hashes = new long[512];
    private int[] counts = new int[512];
    private long[] scratch = new long[512];
    private int size;

    /** Position + 1 of the term in each slot, 0 for a free one. */
    private int[] slots = new int[1024];

    private int mask = slots.length - 1;

    /** Empties this. */
    void begin(int expectedTerms) {
        size = 0;
        int wanted = Integer.highestOneBit(Math.max(64, Math.min(expectedTerms, slots.length / 4))) * 4;
        mask = Math.min(slots.length, wanted) - 1;
        Arrays.fill(slots, 0, mask + 1, 0);
    }

    void add(long hash) {
        int slot = (int) (hash >>> 40) & mask;
        int position;
        while ((position = slots[slot]) != 0) {
            if (hashes[position - 1] == hash) {
                counts[position - 1]++;
                return;
            }
            slot = (slot + 1) & mask;
        }
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        hashes[size] = hash;
        counts[size] = 1;
        slots[slot] = ++size;
        if (size * 2 > mask) {
            grow();
        }
    }

    private void grow() {
        int length = (mask + 1) * 4;
        if (slots.length < length) {
            slots = new int[length];
        } else {
            Arrays.fill(slots, 0, length, 0);
        }
        mask = length - 1;
        for (int i = 0; i < size; i++) {
            int slot = (int) (hashes[i] >>> 40) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
    }

    /** Number of distinct terms. */
    public int size() {
        return size;
    }

    /** Hash of each term; the first {@link #size()} entries count. */
    public long[] hashes() {
        return hashes;
    }

    /** How often each term occurs, 1 or more; the first {@link #size()} entries count. */
    public int[] counts() {
        return counts;
    }

    /** Room for one number a term, for whoever looks the terms up; its content means nothing. */
    public long[] scratch() {
        if (scratch.length < size) {
            scratch = new long[hashes.length];
        }
        return scratch;
    }

    boolean worthKeeping() {
        return slots.length <= MAX_KEPT;
    }
}
