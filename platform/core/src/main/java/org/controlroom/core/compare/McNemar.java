package org.controlroom.core.compare;

/**
 * McNemar's test of whether two classifiers are right equally often on the same rows. Only the rows count on which exactly
 * one of them is right.
 *
 * <p>Source: McNemar, Q. (1947), Note on the sampling error of the difference between correlated proportions or
 * percentages, Psychometrika 12(2), 153-157. The statistic has the continuity correction of Edwards, A. L. (1948), Note on
 * the "correction for continuity" in testing the significance of the difference between correlated proportions,
 * Psychometrika 13(3), 185-187: {@code (|b - c| - 1)^2 / (b + c)}, chi-squared with one degree of freedom. The p-value
 * needs no approximation: under the hypothesis, {@code b} is binomial with {@code n = b + c} and a probability of one half,
 * so {@code p = min(1, 2 P(X <= min(b, c)))}.
 *
 * @param onlyFirst rows on which only the first is right
 * @param onlySecond rows on which only the second is right
 * @param statistic chi-squared with continuity correction; 0 when the two never differ
 * @param pValue exact and two-sided, 0..1; small when the difference is more than chance
 */
public record McNemar(long onlyFirst, long onlySecond, double statistic, double pValue) {

    public static McNemar of(long onlyFirst, long onlySecond) {
        long n = onlyFirst + onlySecond;
        if (n == 0) {
            return new McNemar(0, 0, 0, 1);
        }
        double beyond = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1.0);
        return new McNemar(onlyFirst, onlySecond, beyond * beyond / n, exact(Math.min(onlyFirst, onlySecond), n));
    }

    /** Sums from the largest term down, in logarithms, because {@code 0.5^n} is too small for a double from 1,075 on. */
    private static double exact(long fewer, long n) {
        double largest = -n * StrictMath.log(2);
        for (long k = 1; k <= fewer; k++) {
            largest += StrictMath.log((double) (n - k + 1) / k);
        }
        double sum = 0;
        double term = 1;
        for (long k = fewer; k >= 0 && term > 1e-20; k--) {
            sum += term;
            term *= (double) k / (n - k + 1);
        }
        return Math.min(1, 2 * StrictMath.exp(largest) * sum);
    }
}
