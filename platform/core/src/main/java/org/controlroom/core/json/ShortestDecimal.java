package org.controlroom.core.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The shortest decimal that reads back as the same number. Float.toString and Double.toString changed their digits in
 * JDK 19, so files written with them would differ between JVMs.
 */
final class ShortestDecimal {

    private ShortestDecimal() {}

    static String of(float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("JSON number " + value + "; must be finite");
        }
        BigDecimal exact = new BigDecimal((double) value);
        for (int digits = 1; digits < 9; digits++) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (Float.parseFloat(shorter.toString()) == value) {
                return text(shorter);
            }
        }
        return text(exact.round(new MathContext(9, RoundingMode.HALF_EVEN)));
    }

    static String of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON number " + value + "; must be finite");
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (Double.parseDouble(shorter.toString()) == value) {
                return text(shorter);
            }
        }
        return text(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    private static String text(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 16
                ? stripped.toPlainString()
                : stripped.toString();
    }
}
