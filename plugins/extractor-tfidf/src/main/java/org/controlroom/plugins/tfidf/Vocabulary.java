package org.controlroom.plugins.tfidf;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The terms of an extractor: an open-addressing table from a term's 64-bit hash to its feature index and inverse document
 * frequency. Immutable.
 *
 * <p>Indices descend with the number of products, so that the frequent features lie side by side in the memory of any
 * classifier. The table holds hash and answer in one place, because a lookup costs what its cache miss costs.
 */
final class Vocabulary {

    private final long[] hashes;
    private final int[] documents;
    private final int allDocuments;

    /** Pairs: hash, then index + 1 in the low and the bits of the frequency in the high half; 0 marks a free slot. */
    private final long[] table;

    private final int mask;

    /**
     * @param hashes hash of each feature, unique
     * @param documents number of products of each feature, 1 to {@code allDocuments}, descending
     * @param allDocuments number of products learnt from
     */
    Vocabulary(long[] hashes, int[] documents, int allDocuments) {
        this.hashes = hashes;
        this.documents = documents;
        this.allDocuments = allDocuments;
        int slots = Integer.highestOneBit(Math.max(8, hashes.length)) * 4;
        mask = slots - 1;
        table = new long[slots * 2];
        for (int index = 0; index < hashes.length; index++) {
            int at = 2 * (slotOf(hashes[index]) & mask);
            while (table[at + 1] != 0) {
                if (table[at] == hashes[index]) {
                    throw new IllegalArgumentException("term " + index + " is in the vocabulary twice");
                }
                at = (at + 2) & (2 * mask + 1);
            }
            table[at] = hashes[index];
            long bits = Float.floatToRawIntBits(inverseDocumentFrequency(documents[index]));
            table[at + 1] = bits << 32 | (index + 1);
        }
    }

    /** Smoothed as if one more product held every term once; StrictMath, because the bits must be the same everywhere. */
    private float inverseDocumentFrequency(int inDocuments) {
        return (float) (StrictMath.log((1.0 + allDocuments) / (1.0 + inDocuments)) + 1.0);
    }

    private static int slotOf(long hash) {
        return (int) hash;
    }

    int size() {
        return hashes.length;
    }

    /** Index and inverse document frequency of a term, to be taken apart below; 0 when it is unknown. */
    long find(long hash) {
        int at = 2 * (slotOf(hash) & mask);
        long found;
        while ((found = table[at + 1]) != 0 && table[at] != hash) {
            at = (at + 2) & (2 * mask + 1);
        }
        return found;
    }

    static int index(long found) {
        return (int) found - 1;
    }

    static float inverseDocumentFrequency(long found) {
        return Float.intBitsToFloat((int) (found >>> 32));
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
