package org.controlroom.store;

import org.controlroom.spi.Reason;

/** Why a row is refused that is right by itself, in a load as in the preview of a file. */
final class RowReasons {

    private RowReasons() {}

    static Reason indexTwice(long index) {
        return Reason.of("row-index-twice", "row index {0} was in this file before; must be unique", index);
    }

    static Reason productTwice(long productId) {
        return Reason.of("row-product-twice", "productid {0} was in this file before; must be unique", productId);
    }

    static Reason secondLabel(long index) {
        return Reason.of("row-second-label", "second label for row index {0}; must have one", index);
    }
}
