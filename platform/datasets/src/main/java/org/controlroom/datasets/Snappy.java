package org.controlroom.datasets;

import java.util.Arrays;

/**
 * Compresses a block in the format of Snappy (github.com/google/snappy, format_description.txt). By our own code, because
 * the bytes must be the same on every machine and in every release: those of a library change with its version.
 */
final class Snappy {

    /** Offsets of matches stay below this, so that each takes two bytes. */
    private static final int BLOCK = 1 << 16;

    private static final int HASH_BITS = 14;
    private static final int MIN_MATCH = 4;
    private static final int MAX_COPY = 64;

    private final byte[] in;
    private byte[] out;
    private int written;

    private Snappy(byte[] in) {
        this.in = in;
        // The worst case: nothing repeats, and every literal costs its head.
        out = new byte[32 + in.length + in.length / 6];
    }

    static byte[] compress(byte[] plain) {
        return new Snappy(plain).run();
    }

    private byte[] run() {
        for (int rest = in.length; ; rest >>>= 7) {
            if ((rest & ~0x7f) == 0) {
                out[written++] = (byte) rest;
                break;
            }
            out[written++] = (byte) ((rest & 0x7f) | 0x80);
        }
        int[] table = new int[1 << HASH_BITS];
        for (int from = 0; from < in.length; from += BLOCK) {
            Arrays.fill(table, -1);
            block(from, Math.min(in.length, from + BLOCK), table);
        }
        return Arrays.copyOf(out, written);
    }

    private void block(int from, int to, int[] table) {
        int literal = from;
        int at = from;
        int misses = 0;
        while (at + MIN_MATCH <= to) {
            int value = int32(at);
            int slot = (value * 0x1e35a7bd) >>> (32 - HASH_BITS);
            int candidate = table[slot];
            table[slot] = at;
            if (candidate < 0 || int32(candidate) != value) {
                // The longer nothing repeats, the larger the steps.
                at += 1 + (misses++ >> 5);
                continue;
            }
            int length = MIN_MATCH;
            while (at + length < to && in[candidate + length] == in[at + length]) {
                length++;
            }
            literal(literal, at);
            copy(at - candidate, length);
            at += length;
            literal = at;
            misses = 0;
        }
        literal(literal, to);
    }

    private int int32(int at) {
        return (in[at] & 0xff) | ((in[at + 1] & 0xff) << 8) | ((in[at + 2] & 0xff) << 16) | (in[at + 3] << 24);
    }

    private void literal(int from, int to) {
        int length = to - from;
        if (length == 0) {
            return;
        }
        room(length + 3);
        if (length <= 60) {
            out[written++] = (byte) ((length - 1) << 2);
        } else if (length <= 256) {
            out[written++] = (byte) (60 << 2);
            out[written++] = (byte) (length - 1);
        } else {
            out[written++] = (byte) (61 << 2);
            out[written++] = (byte) (length - 1);
            out[written++] = (byte) ((length - 1) >>> 8);
        }
        System.arraycopy(in, from, out, written, length);
        written += length;
    }

    private void copy(int offset, int length) {
        for (int rest = length; rest > 0; ) {
            int part = Math.min(rest, MAX_COPY);
            room(3);
            out[written++] = (byte) (((part - 1) << 2) | 2);
            out[written++] = (byte) offset;
            out[written++] = (byte) (offset >>> 8);
            rest -= part;
        }
    }

    private void room(int bytes) {
        if (written + bytes > out.length) {
            out = Arrays.copyOf(out, out.length * 2 + bytes);
        }
    }
}
