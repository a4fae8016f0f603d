package org.controlroom.core.plot;

/** A colour, each part 0..255. */
public record Color(int red, int green, int blue) {

    public static final Color WHITE = of(0xFFFFFF);
    public static final Color BLACK = of(0x000000);

    /** Of a number such as {@code 0x0072B2}. */
    public static Color of(int rgb) {
        return new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255);
    }
}
