package org.controlroom.api.predict;

import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Product;

/** One row of a batch as it arrived. */
interface BatchRow {

    /** Line of the request body on which the row starts, from 1. */
    long line();

    /** Id that the row brought along; empty when it brought none. */
    default String productId() {
        return "";
    }

    /**
     * Reads the row; done by the thread that predicts.
     *
     * @throws ControlRoomException what is wrong with the row
     */
    Product product();

    /** A row whose failure is known already. */
    record Failed(long line, String productId, ControlRoomException failure) implements BatchRow {
        @Override
        public Product product() {
            throw failure;
        }
    }
}
