package org.controlroom.core.model;

/** The mixing function of splitmix64 (Steele, Lea, Flood 2014), for orders that depend on ids and a seed alone. */
public final class SplitMix64 {

    /** Its increment: seeds that differ by a multiple of this are far apart. */
    public static final long GAMMA = 0x9e3779b97f4a7c15L;

    private SplitMix64() {}

    /** Spreads every bit over all of them; a bijection, so different numbers stay different. */
    public static long mix(long x) {
        long z = x + GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
