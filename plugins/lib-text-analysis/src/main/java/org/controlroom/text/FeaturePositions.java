package org.controlroom.text;

import java.util.Arrays;

/** Where in a vector each feature index already stands. Reused; not thread-safe. */
public final class FeaturePositions {

    private static final int MAX_KEPT = 1 << 18;
    private static final long FREE = -1;

    /** Index in the high half, position in the low; FREE where neither is. */
    private long[] slots = new long[2048];

    private int size;

    FeaturePositions() {
        Arrays.fill(slots, FREE);
    }

    public void clear() {
        if (size > 0) {
            Arrays.fill(slots, FREE);
            size = 0;
        }
    }

    /** Position of the index; {@code next}, which becomes its position, when it has none yet. */
    public int find(int index, int next) {
        if (size * 2 > slots.length) {
            grow();
        }
        int slot = slot(index);
        while (slots[slot] != FREE) {
            if (slots[slot] >>> 32 == index) {
                return (int) slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = (long) index << 32 | next;
        size++;
        return next;
    }

    private int slot(int index) {
        return ((index * 0x9e3779b9) >>> 8) & (slots.length - 1);
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 4];
        Arrays.fill(slots, FREE);
        for (long entry : old) {
            if (entry != FREE) {
                int slot = slot((int) (entry >>> 32));
                while (slots[slot] != FREE) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = entry;
            }
        }
    }

    boolean worthKeeping() {
        return slots.length <= MAX_KEPT;
    }
}
