package org.controlroom.core.port;

import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Prediction;

/** Remembers every answered prediction. Thread-safe. */
public interface PredictionLog {

    /**
     * Appends before the answer leaves: when this returns, the prediction survives a kill of the process.
     *
     * @throws org.controlroom.spi.ControlRoomException STORAGE_FAILED when it cannot be written; the answer must then
     *     not be given
     */
    void append(Prediction prediction);

    /**
     * Newest first, some seconds behind {@link #append} at most. Filters: {@code label}, {@code model_version},
     * {@code text} (substring of the designation, ignoring case), {@code min_confidence} and {@code max_confidence}
     * (inclusive), {@code from} (inclusive) and {@code to} (exclusive) with an instant.
     *
     * <p>A page answers within a tenth of a second; one that is filtered by text, confidence or time may therefore be short
     * or empty although {@link Page#next()} is not null: go on with that.
     */
    Page<LoggedPrediction> predictions(PageRequest request);

    /** @throws org.controlroom.spi.ControlRoomException NOT_FOUND */
    LoggedPrediction prediction(String id);
}
