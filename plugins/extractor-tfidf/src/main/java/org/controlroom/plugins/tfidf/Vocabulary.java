package org.controlroom.plugins.tfidf;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The terms of an extractor: an open-addressing table from a term's 64-bit hash to its feature index, and the inverse
 * document frequency of each feature. Immutable.
 *
 * <p>A lookup costs what its cache miss costs. So a slot is one long: 40 bits of the hash that its place does not tell,
 * and the index; all slots of a product are read before the first is looked at, so that their misses overlap; and indices
 * descend with the number of products, so that what is needed often lies side by side, here and in any classifier.
 */
final class Vocabulary {

    static final int MAX_SIZE = (1 << 24) - 1;

    /** An index that no term has. */
    static final int UNKNOWN = -1;

    private static final int INDEX_BITS = 24;
    private static final double LARGEST_LOAD = 0.6;

    private final long[] hashes;
    private final int[] documents;
    private final int allDocuments;
    private final float[] inverseDocumentFrequencies;

    /** Upper 40 bits of the hash, index + 1; 0 marks a free slot. */
    private final long[] slots;

    private final int mask;

    /**
     * @param hashes hash of each feature, unique, 1 to {@link #MAX_SIZE} of them
     * @param documents number of products of each feature, 1 to {@code allDocuments}, descending
     * @param allDocuments number of products learnt from
     */
    Vocabulary(long[] hashes, int[] documents, int allDocuments) {
        if (hashes.length < 1 || hashes.length > MAX_SIZE) {
            throw new IllegalArgumentException("terms=" + hashes.length + "; must be 1.." + MAX_SIZE);
        }
        this.hashes = hashes;
        this.documents = documents;
        this.allDocuments = allDocuments;
        inverseDocumentFrequencies = new float[hashes.length];
        int size = 16;
        while (size * LARGEST_LOAD < hashes.length) {
            size *= 2;
        }
        slots = new long[size];
        mask = size - 1;
        for (int index = 0; index < hashes.length; index++) {
            inverseDocumentFrequencies[index] = inverseDocumentFrequency(documents[index]);
            place(hashes[index], index);
        }
    }

    private void place(long hash, int index) {
        int slot = slot(hash);
        while (slots[slot] != 0) {
            if (slots[slot] >>> INDEX_BITS == hash >>> INDEX_BITS) {
                throw new IllegalArgumentException("term " + index + " is in the vocabulary twice");
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = (hash >>> INDEX_BITS << INDEX_BITS) | (index + 1);
    }

    /** Smoothed as if one more product held every term once; StrictMath, because the bits must be the same everywhere. */
    private float inverseDocumentFrequency(int inDocuments) {
        return (float) (StrictMath.log((1.0 + allDocuments) / (1.0 + inDocuments)) + 1.0);
    }

    private int slot(long hash) {
        return (int) hash & mask;
    }

    int size() {
        return hashes.length;
    }

    /** Reads the first slot of each hash; {@code out} is for {@link #find}. */
    void prefetch(long[] terms, int size, long[] out) {
        for (int i = 0; i < size; i++) {
            out[i] = slots[slot(terms[i])];
        }
    }

    /** Index of a term, for which {@link #prefetch} read {@code first}, or UNKNOWN. */
    int find(long hash, long first) {
        long entry = first;
        int slot = slot(hash);
        while (entry != 0) {
            if (entry >>> INDEX_BITS == hash >>> INDEX_BITS) {
                return (int) (entry & MAX_SIZE) - 1;
            }
            slot = (slot + 1) & mask;
            entry = slots[slot];
        }
        return UNKNOWN;
    }

    /** Index of a term that nobody prefetched, or UNKNOWN. */
    int find(long hash) {
        return find(hash, slots[slot(hash)]);
    }

    float inverseDocumentFrequencyOf(int index) {
        return inverseDocumentFrequencies[index];
    }

    /** Number of products, number of terms; for each term its hash and, as a variable-length number, its descent. */
    void write(DataOutputStream out) throws IOException {
        out.writeInt(allDocuments);
        out.writeInt(hashes.length);
        int previous = allDocuments;
        for (int i = 0; i < hashes.length; i++) {
            out.writeLong(hashes[i]);
            writeVariable(out, previous - documents[i]);
            previous = documents[i];
        }
    }

    static Vocabulary read(DataInputStream in) throws IOException {
        int allDocuments = in.readInt();
        int size = in.readInt();
        // A term takes 9 bytes at least: a wrong size must not become a huge array.
        if (allDocuments < 1 || size < 1 || size > in.available() / 9) {
            throw new IOException("products=" + allDocuments + ", terms=" + size + "; the content holds fewer");
        }
        long[] hashes = new long[size];
        int[] documents = new int[size];
        int previous = allDocuments;
        for (int i = 0; i < size; i++) {
            hashes[i] = in.readLong();
            documents[i] = previous - readVariable(in);
            if (documents[i] < 1 || documents[i] > previous) {
                throw new IOException("term " + i + ": products=" + documents[i] + "; must be 1.." + previous);
            }
            previous = documents[i];
        }
        return new Vocabulary(hashes, documents, allDocuments);
    }

    private static void writeVariable(DataOutputStream out, int value) throws IOException {
        int rest = value;
        while (rest > 0x7f) {
            out.writeByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int readVariable(DataInputStream in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = in.readUnsignedByte();
            value |= (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IOException("a number is longer than 5 bytes");
    }
}
