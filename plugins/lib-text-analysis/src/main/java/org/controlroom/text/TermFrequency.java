package org.controlroom.text;

/** How much a term counts that occurs several times in one field. */
public final class TermFrequency {

    private static final TermFrequency LINEAR = new TermFrequency(false);
    private static final TermFrequency SUBLINEAR = new TermFrequency(true);

    private final boolean sublinear;
    private final float[] first = new float[256];

    private TermFrequency(boolean sublinear) {
        this.sublinear = sublinear;
        for (int count = 1; count < first.length; count++) {
            first[count] = compute(count);
        }
    }

    /** @param sublinear whether n occurrences count as 1 + ln n instead of n */
    public static TermFrequency of(boolean sublinear) {
        return sublinear ? SUBLINEAR : LINEAR;
    }

    /** @param count occurrences, 1 or more */
    public float of(int count) {
        return count < first.length ? first[count] : compute(count);
    }

    /** By StrictMath, because the bits must be the same on every machine. */
    private float compute(int count) {
        return sublinear ? (float) (1 + StrictMath.log(count)) : count;
    }
}
