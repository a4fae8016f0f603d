package org.controlroom.text;

/**
 * 64-bit hashes that stand for terms. Among a million terms two collide with a probability of 3 in 100 million; if they
 * did, they would share one feature.
 */
final class TermHash {

    static final long START = 0xcbf29ce484222325L;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private TermHash() {}

    /** Takes one more character in: multiplicative, because one multiplication a character is all there is time for. */
    static long step(long hash, char c) {
        return (hash ^ c) * STEP;
    }

    /** Spreads every bit over all of them (finalizer of Stafford's variant 13, as in SplittableRandom). */
    static long mix(long hash) {
        long h = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }

    static long ofToken(String token) {
        long hash = START;
        for (int i = 0; i < token.length(); i++) {
            hash = step(hash, token.charAt(i));
        }
        return hash;
    }
}
