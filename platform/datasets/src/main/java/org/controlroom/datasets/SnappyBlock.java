package org.controlroom.datasets;

import java.io.IOException;

/** Decompresses a block in the format of Snappy (github.com/google/snappy, format_description.txt). */
final class SnappyBlock {

    /** More than any page that is written here, and little enough to be made on a stranger's word. */
    private static final int MOST = 1 << 28;

    private SnappyBlock() {}

    /** @throws IOException when the bytes are no such block */
    static byte[] decompress(byte[] in, int from, int length) throws IOException {
        int end = from + length;
        int at = from;
        long size = 0;
        for (int shift = 0; ; shift += 7) {
            if (at >= end || shift > 28) {
                throw new IOException("a compressed block does not say its length");
            }
            byte next = in[at++];
            size |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        if (size > MOST) {
            throw new IOException("a compressed block of " + size + " bytes; must be at most " + MOST);
        }
        byte[] out = new byte[(int) size];
        int written = 0;
        while (at < end) {
            int tag = in[at++] & 0xff;
            int kind = tag & 3;
            // a literal names its length in up to four more bytes, a copy its offset
            int more = kind == 0 ? Math.max(0, (tag >>> 2) - 59) : kind == 3 ? 4 : kind;
            if (more > end - at) {
                throw damaged(at);
            }
            int number = 0;
            for (int i = 0; i < more; i++) {
                number |= (in[at++] & 0xff) << (8 * i);
            }
            int count = count(tag, kind, more, number);
            if (count < 1 || count > out.length - written) {
                throw damaged(at);
            }
            if (kind == 0) {
                if (count > end - at) {
                    throw damaged(at);
                }
                System.arraycopy(in, at, out, written, count);
                at += count;
                written += count;
            } else {
                int offset = kind == 1 ? number | (tag >>> 5 << 8) : number;
                if (offset < 1 || offset > written) {
                    throw damaged(at);
                }
                // byte by byte, because a copy may reach into what it writes
                for (int stop = written + count; written < stop; written++) {
                    out[written] = out[written - offset];
                }
            }
        }
        if (written != out.length) {
            throw damaged(at);
        }
        return out;
    }

    private static int count(int tag, int kind, int more, int number) {
        return switch (kind) {
            case 0 -> (more == 0 ? tag >>> 2 : number) + 1;
            case 1 -> 4 + (tag >>> 2 & 7);
            default -> (tag >>> 2) + 1;
        };
    }

    private static IOException damaged(int at) {
        return new IOException("a compressed block is damaged at byte " + at);
    }
}
