package org.controlroom.text;

import java.util.Arrays;

/** A set of 64-bit hashes, filled once and then only asked. */
final class HashSet64 {

    private long[] slots = new long[1024];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a hash; 0 is never produced by a word and marks a free slot. */
    void add(long hash) {
        if (contains(hash)) {
            return;
        }
        if (size * 4 >= slots.length) {
            long[] old = slots;
            slots = new long[old.length * 2];
            Arrays.stream(old).filter(h -> h != 0).forEach(this::place);
        }
        place(hash);
        size++;
    }

    private void place(long hash) {
        int slot = slot(hash);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = hash;
    }

    boolean contains(long hash) {
        for (int slot = slot(hash); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            if (slots[slot] == hash) {
                return true;
            }
        }
        return false;
    }

    private int slot(long hash) {
        return (int) (hash >>> 32) & (slots.length - 1);
    }
}
