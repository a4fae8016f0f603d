package org.controlroom.core.artifact;

import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Turns scores into probabilities: each score becomes a sigmoid of its own, {@code s = 1 / (1 + exp(-(scale * score +
 * bias)))}, and the sigmoids are divided by their sum. For classifiers of one label against the rest (Zadrozny and
 * Elkan, Transforming Classifier Scores into Accurate Multiclass Probability Estimates, 2002); a softmax was worse at both
 * ends of the confidence. Immutable: nobody writes to the arrays.
 *
 * @param scale one factor a label, finite and positive
 * @param bias one summand a label, finite
 */
public record Calibration(float[] scale, float[] bias) {

    /** Below this all sigmoids are so small that their ratios are those of their exponentials, within 1e-13. */
    private static final float ALL_SMALL = -30;

    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    public Calibration {
        boolean valid = scale.length == bias.length;
        for (int i = 0; valid && i < scale.length; i++) {
            valid = scale[i] > 0 && Float.isFinite(scale[i]) && Float.isFinite(bias[i]);
        }
        if (!valid) {
            throw new ControlRoomException(
                    ErrorCode.ARTIFACT_INVALID,
                    "calibration: " + scale.length + " scales and " + bias.length
                            + " biases; must be one of each a label, finite, scales positive");
        }
    }

    /** Sigmoids of the scores as they are. */
    public static Calibration identity(int labels) {
        float[] scale = new float[labels];
        java.util.Arrays.fill(scale, 1);
        return new Calibration(scale, new float[labels]);
    }

    public int labels() {
        return scale.length;
    }

    /**
     * Computes probabilities that sum to 1 within rounding.
     *
     * @param scores one a label
     * @param out overwritten; may be the same array as {@code scores}
     * @throws ControlRoomException PLUGIN_FAILED when a score is not finite
     */
    public void probabilities(float[] scores, float[] out) {
        int labels = scale.length;
        float max = Float.NEGATIVE_INFINITY;
        float probe = 0;
        for (int i = 0; i < labels; i++) {
            probe += scores[i] * 0;
            float u = Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, scores[i] * scale[i] + bias[i]));
            out[i] = u;
            max = Math.max(max, u);
        }
        if (probe != 0) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED, "classifier gave a score that is NaN or infinite; scores must be finite");
        }
        double sum = 0;
        for (int i = 0; i < labels; i++) {
            double e = max < ALL_SMALL ? exp((double) out[i] - max) : sigmoid(out[i]);
            out[i] = (float) e;
            sum += e;
        }
        double factor = 1 / sum;
        for (int i = 0; i < labels; i++) {
            out[i] *= (float) factor;
        }
    }

    private static double sigmoid(double u) {
        double e = exp(-Math.abs(u));
        return (u < 0 ? e : 1) / (1 + e);
    }

    /**
     * e to the power of x for x in -infinity..0, within 1e-13 of the true value. Math.exp may give other last bits on
     * other machines, StrictMath.exp costs several times this; plain additions and multiplications give the same bits
     * everywhere. Range reduction to |r| <= ln(2) / 2 and Taylor polynomial of degree 11.
     */
    static double exp(double x) {
        if (!(x > -700)) {
            return Double.isNaN(x) ? x : 0;
        }
        double k = Math.floor(x * (1 / (LN2_HIGH + LN2_LOW)) + 0.5);
        double r = (x - k * LN2_HIGH) - k * LN2_LOW;
        double p = 1.0 / 39916800;
        p = p * r + 1.0 / 3628800;
        p = p * r + 1.0 / 362880;
        p = p * r + 1.0 / 40320;
        p = p * r + 1.0 / 5040;
        p = p * r + 1.0 / 720;
        p = p * r + 1.0 / 120;
        p = p * r + 1.0 / 24;
        p = p * r + 1.0 / 6;
        p = p * r + 0.5;
        p = p * r + 1;
        p = p * r + 1;
        return p * Double.longBitsToDouble(((long) k + 1023) << 52);
    }
}
