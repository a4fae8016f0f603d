package org.controlroom.plugins.liblinear.internal;

import java.util.SplittableRandom;

/** The rows still worked on, in random order; the others wait behind them. */
final class RowOrder {

    private final int[] rows;
    private int active;

    RowOrder(int count) {
        rows = new int[count];
        for (int row = 0; row < count; row++) {
            rows[row] = row;
        }
        active = count;
    }

    int active() {
        return active;
    }

    int row(int place) {
        return rows[place];
    }

    boolean complete() {
        return active == rows.length;
    }

    /** Brings all rows back. */
    void restore() {
        active = rows.length;
    }

    /** Sets the row at a place aside; the last active one comes to its place. */
    void setAside(int place) {
        active--;
        swap(place, active);
    }

    /** Orders the active rows at random, each order as likely as any other (Fisher and Yates). */
    void shuffle(SplittableRandom random) {
        for (int place = 0; place < active - 1; place++) {
            swap(place, place + random.nextInt(active - place));
        }
    }

    private void swap(int a, int b) {
        int row = rows[a];
        rows[a] = rows[b];
        rows[b] = row;
    }
}
