package org.controlroom.core.model;

import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * A part of a source of products. Every product id has its place in 0..100, which depends on the seed alone: the places
 * of many ids spread evenly, and a product keeps its place when the source grows or is sorted anew. So portions that
 * follow each other never overlap and leave nothing out, and n percent of the places are n percent of the products, give
 * or take what chance does (of 40,000 products half a percent of the products at most).
 *
 * @param fromPercent places from here on, 0..100
 * @param toPercent up to here, without it; above {@code fromPercent}, at most 100
 * @param seed another seed is another order
 */
public record CataloguePortion(double fromPercent, double toPercent, long seed) {

    /** All of a source. */
    public static final CataloguePortion WHOLE = new CataloguePortion(0, 100, 0);

    private static final double DOUBLE_UNIT = 0x1p-53;

    public CataloguePortion {
        if (!(fromPercent >= 0 && fromPercent < toPercent && toPercent <= 100)) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "portion from " + fromPercent + " to " + toPercent + " percent; must be 0 <= from < to <= 100");
        }
    }

    /** Whether a product belongs to it. */
    public boolean takes(long productId) {
        if (isWhole()) {
            return true;
        }
        double place = place(productId);
        return place >= fromPercent && place < toPercent;
    }

    public boolean isWhole() {
        return fromPercent == 0 && toPercent == 100;
    }

    /** 0 to below 100. */
    private double place(long productId) {
        return (SplitMix64.mix(productId + seed * SplitMix64.GAMMA) >>> 11) * DOUBLE_UNIT * 100;
    }
}
