package org.controlroom.core.predict;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Ids of predictions: {@code pred_}, 13 digits that ascend with time in one process, 8 random digits of the process.
 * Digits are 0-9 and a-v, so that ids sort as texts.
 */
final class PredictionIds {

    private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final int TICKS_PER_MS_BITS = 12;

    private final InstantSource clock;
    private final char[] process = new char[8];
    private final AtomicLong last = new AtomicLong();

    PredictionIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        long bits = random.nextLong();
        for (int i = 0; i < process.length; i++) {
            process[i] = DIGITS[(int) (bits >>> (5 * i)) & 31];
        }
    }

    String next() {
        long earliest = clock.millis() << TICKS_PER_MS_BITS;
        long tick;
        long previous;
        do {
            previous = last.get();
            tick = Math.max(previous + 1, earliest);
        } while (!last.compareAndSet(previous, tick));
        char[] text = new char[26];
        "pred_".getChars(0, 5, text, 0);
        for (int i = 0; i < 13; i++) {
            text[17 - i] = DIGITS[(int) (tick >>> (5 * i)) & 31];
        }
        System.arraycopy(process, 0, text, 18, 8);
        return new String(text);
    }
}
