package org.controlroom.api.predict;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a request body, in order. */
interface BatchRows {

    /**
     * The next row; waits for it to arrive.
     *
     * @return null at the end of the body
     * @throws IOException when the connection fails
     */
    @Nullable BatchRow next() throws IOException;
}
