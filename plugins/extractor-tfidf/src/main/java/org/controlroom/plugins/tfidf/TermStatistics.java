package org.controlroom.plugins.tfidf;

import java.util.Arrays;

/** How often the terms of one field occur: in how many products, and how often in all. Not thread-safe. */
final class TermStatistics {

    private static final int FIRST_SLOTS = 1 << 14;

    private long[] hashes = new long[FIRST_SLOTS];

    /** Number of products of each term; 0 marks a free slot. */
    private int[] documents = new int[FIRST_SLOTS];

    private int[] occurrences = new int[FIRST_SLOTS];
    private int size;

    void add(long hash, int inDocuments, int times) {
        int slot = slot(hash);
        if (documents[slot] == 0) {
            hashes[slot] = hash;
            size++;
        }
        documents[slot] += inDocuments;
        occurrences[slot] = (int) Math.min(Integer.MAX_VALUE, (long) occurrences[slot] + times);
        if (size > hashes.length / 2) {
            grow();
        }
    }

    void addAll(TermStatistics other) {
        for (int slot = 0; slot < other.hashes.length; slot++) {
            if (other.documents[slot] > 0) {
                add(other.hashes[slot], other.documents[slot], other.occurrences[slot]);
            }
        }
    }

    int documents(long hash) {
        return documents[slot(hash)];
    }

    /** The slot of the hash, or the free one where it belongs. */
    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash >>> 20) & mask;
        while (documents[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        TermStatistics larger = new TermStatistics();
        larger.hashes = new long[hashes.length * 2];
        larger.documents = new int[hashes.length * 2];
        larger.occurrences = new int[hashes.length * 2];
        larger.addAll(this);
        hashes = larger.hashes;
        documents = larger.documents;
        occurrences = larger.occurrences;
    }

    /**
     * The terms in {@code minDocuments} to {@code maxDocuments} products; if there are more than {@code maxTerms}, those
     * with the most occurrences, the smaller hash first among equals.
     *
     * @return hashes, ascending
     */
    long[] select(int minDocuments, int maxDocuments, int maxTerms) {
        int kept = 0;
        long[] candidates = new long[size];
        int[] counts = new int[size];
        for (int slot = 0; slot < hashes.length; slot++) {
            if (documents[slot] > 0 && documents[slot] >= minDocuments && documents[slot] <= maxDocuments) {
                candidates[kept] = hashes[slot];
                counts[kept++] = occurrences[slot];
            }
        }
        if (kept > maxTerms) {
            kept = mostFrequent(candidates, counts, kept, maxTerms);
        }
        long[] selected = Arrays.copyOf(candidates, kept);
        Arrays.sort(selected);
        return selected;
    }

    /** Moves the {@code wanted} terms with the highest counts to the front. */
    private static int mostFrequent(long[] candidates, int[] counts, int size, int wanted) {
        int[] sorted = Arrays.copyOf(counts, size);
        Arrays.sort(sorted);
        int threshold = sorted[size - wanted];
        long[] atThreshold = new long[size];
        int ties = 0;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > threshold) {
                candidates[kept++] = candidates[i];
            } else if (counts[i] == threshold) {
                atThreshold[ties++] = candidates[i];
            }
        }
        Arrays.sort(atThreshold, 0, ties);
        System.arraycopy(atThreshold, 0, candidates, kept, wanted - kept);
        return wanted;
    }
}
