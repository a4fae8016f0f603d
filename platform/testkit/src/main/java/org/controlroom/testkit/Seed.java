package org.controlroom.testkit;

import java.util.SplittableRandom;

/**
 * The random seed of a contract: another one in every run, so that each run attacks with other data, and always printed,
 * so that a failure can be repeated with {@code -Dtestkit.seed=N}.
 */
public final class Seed {

    private static final long VALUE = Long.getLong("testkit.seed", System.nanoTime() & 0xffff_ffffL);

    static {
        System.out.println("testkit seed: " + VALUE + " (repeat with -Dtestkit.seed=" + VALUE + ")");
    }

    private Seed() {}

    public static long value() {
        return VALUE;
    }

    /** A new generator that starts from the seed; every call answers the same sequence. */
    public static SplittableRandom random() {
        return new SplittableRandom(VALUE);
    }
}
