package org.controlroom.text;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Scratch memory that threads borrow for one product. Not a ThreadLocal: that would keep the plugin's classes alive in
 * threads that outlive it.
 */
public final class ScratchPool {

    private static final int SLOTS = 64;

    private final AtomicReferenceArray<Scratch> free = new AtomicReferenceArray<>(SLOTS);

    /** What one thread needs for one product. */
    public static final class Scratch {
        private final AnalyzedText text = new AnalyzedText();
        private final TermCounts terms = new TermCounts();
        private final FeaturePositions positions = new FeaturePositions();

        public AnalyzedText text() {
            return text;
        }

        public TermCounts terms() {
            return terms;
        }

        public FeaturePositions positions() {
            return positions;
        }

        private boolean worthKeeping() {
            return text.worthKeeping() && terms.worthKeeping() && positions.worthKeeping();
        }
    }

    /** A scratch that nobody else has; give it back with {@link #release}. */
    public Scratch borrow() {
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) % SLOTS;
            if (free.getOpaque(slot) != null) {
                Scratch scratch = free.getAndSet(slot, null);
                if (scratch != null) {
                    return scratch;
                }
            }
        }
        return new Scratch();
    }

    /** Keeps the scratch for the next one, unless the pool is full or the scratch has grown too large. */
    public void release(Scratch scratch) {
        if (!scratch.worthKeeping()) {
            return;
        }
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            if (free.compareAndSet((start + i) % SLOTS, null, scratch)) {
                return;
            }
        }
    }

    private static int start() {
        return (int) ((Thread.currentThread().getId() * 0x9e3779b9L) >>> 8) & (SLOTS - 1);
    }
}
